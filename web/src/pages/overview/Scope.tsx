/** Scope: everything, or the part that carries a tag; in the top bar, and in the URL. */
import { Button, Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { Segments } from "~/kit/Segments";
import classes from "./Scope.module.css";

/** Tags in sight; the others wait in the menu. */
const SHOWN = 2;
const ALL = "";

export interface ScopeProps {
  /** Most used first. */
  tags: readonly string[];
  value: string | undefined;
  onChange(value: string | undefined): void;
}

export function Scope(props: ScopeProps): React.ReactNode {
  const wide = useMediaQuery("(min-width: 1360px)", true, { getInitialValueInEffect: false });
  if (props.tags.length === 0 && props.value === undefined) return null;
  return wide ? <Parts {...props} /> : <Choice {...props} tags={known(props)} />;
}

function Parts({ tags, value, onChange }: ScopeProps): React.ReactNode {
  const first = tags.slice(0, SHOWN);
  const shown = value === undefined || first.includes(value) ? first : [...first.slice(0, SHOWN - 1), value];
  const rest = tags.filter((tag) => !shown.includes(tag));
  return (
    <div className={classes.scope}>
      <Segments
        label="Scope"
        value={value ?? ALL}
        onChange={(to) => onChange(to === ALL ? undefined : to)}
        data={[{ value: ALL, label: "Everything" }, ...shown.map((tag) => ({ value: tag, label: tag }))]}
      />
      {rest.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={classes.more} aria-label="More tags">
              <IconChevronDown size={14} stroke={1.5} />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <div className={classes.tags}>
              {rest.map((tag) => (
                <Menu.Item key={tag} onClick={() => onChange(tag)}>
                  <bdi>{tag}</bdi>
                </Menu.Item>
              ))}
            </div>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** The same where there is little room. */
function Choice({ tags, value, onChange }: ScopeProps): React.ReactNode {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className={classes.choice ?? ""}
          aria-label={`Scope: ${value ?? "everything"}`}
          rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
        >
          <span className="cut">{value ?? "Everything"}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.tags}>
          <Menu.CheckboxItem
            closeMenuOnClick
            checked={value === undefined}
            onChange={() => onChange(undefined)}
          >
            Everything
          </Menu.CheckboxItem>
          {tags.map((tag) => (
            <Menu.CheckboxItem
              key={tag}
              closeMenuOnClick
              checked={value === tag}
              onChange={() => onChange(tag)}
            >
              <bdi>{tag}</bdi>
            </Menu.CheckboxItem>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}

/** A link may name a tag that nothing carries any more. */
function known({ tags, value }: ScopeProps): readonly string[] {
  return value === undefined || tags.includes(value) ? tags : [value, ...tags];
}
