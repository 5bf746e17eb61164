/** Chosen: the servers that are compared, and a search for one more. */
import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import classes from "./Compare.module.css";
import { MOST } from "./choice";

export function Chosen(props: {
  names: readonly string[];
  /** Of all servers one may see. */
  known: readonly string[];
  choose(names: readonly string[]): void;
}): React.ReactNode {
  const { names, known, choose } = props;
  const full = names.length >= MOST;
  return (
    <div className={classes.chosen}>
      {names.length > 0 && (
        <ul aria-label="Compared servers">
          {names.map((name) => (
            <li key={name} data-missing={!known.includes(name) || undefined}>
              {known.includes(name) ? (
                <Link className="cut" to={`/servers/${name}`}>
                  {name}
                </Link>
              ) : (
                <span className="cut">{name}: no such server</span>
              )}
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
        aria-label="Add a server"
        placeholder={full ? `At most ${MOST}` : "Add a server…"}
        disabled={full}
        searchable
        limit={12}
        nothingFoundMessage="No such server"
        data={known.filter((name) => !names.includes(name))}
        value={null}
        onChange={(name) => name && choose([...names, name])}
      />
    </div>
  );
}
