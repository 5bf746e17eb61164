/** Chosen: those that are compared, and a search for one more. */
import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { byNature } from "~/kit/list/sort";
import classes from "./Compare.module.css";
import { MOST } from "./choice";
import type { Kind, Thing } from "./kinds";

export function Chosen(props: {
  kind: Kind;
  names: readonly string[];
  /** All one may see, by name. */
  known: ReadonlyMap<string, Thing>;
  ready: boolean;
  choose(names: readonly string[]): void;
}): React.ReactNode {
  const { kind, names, known, ready, choose } = props;
  const offered = useMemo(
    () => [...known.keys()].sort(byNature).filter((name) => !names.includes(name)),
    [known, names],
  );
  const full = names.length >= MOST;
  return (
    <div className={classes.chosen}>
      {names.length > 0 && (
        <ul aria-label={`Compared ${kind.id}`}>
          {names.map((name) => (
            <li key={name} data-missing={(ready && !known.has(name)) || undefined}>
              <Name name={name} to={known.get(name)?.to} lacking={ready ? `: no such ${kind.one}` : ""} />
              <ActionIcon
                size="sm"
                aria-label={`Leave out ${name}`}
                onClick={() => choose(names.filter((each) => each !== name))}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Select
        key={names.join()}
        aria-label={`Add a ${kind.one}`}
        placeholder={full ? `At most ${MOST}` : `Add a ${kind.one}…`}
        disabled={full}
        searchable
        limit={12}
        nothingFoundMessage={`No such ${kind.one}`}
        data={offered}
        value={null}
        onChange={(name) => name && choose([...names, name])}
      />
    </div>
  );
}

function Name(props: { name: string; to: string | undefined; lacking: string }): React.ReactNode {
  const { name, to, lacking } = props;
  return to ? (
    <Link className="cut" to={to} title={name}>
      {name}
    </Link>
  ) : (
    <span className="cut">
      {name}
      {lacking}
    </span>
  );
}
