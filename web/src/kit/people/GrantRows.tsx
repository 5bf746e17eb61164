/** Rows of grants: whom or what they are for, what they give, and how to change or take them back. */
import { ActionIcon, Button } from "@mantine/core";
import { IconPencil, IconX } from "@tabler/icons-react";
import { ask, Problem } from "~/api/http";
import type { Grant } from "~/api/types";
import { toast } from "~/kit/toast";
import classes from "./GrantRows.module.css";
import { grantWords } from "./words";

export function GrantRows(props: {
  grants: readonly Grant[];
  /** The other side of each grant: a person, or a resource. */
  subject: (grant: Grant) => React.ReactNode;
  nameOf: (grant: Grant) => string;
  mayChange: boolean;
  onEdit: (grant: Grant) => void;
}): React.ReactNode {
  return (
    <ul className={classes.rows}>
      {props.grants.map((grant) => (
        <li key={grant.id} className={classes.row}>
          <span className={classes.subject}>{props.subject(grant)}</span>
          <span className={`${classes.words} muted`}>{grantWords(grant)}</span>
          {props.mayChange && (
            <>
              <Button
                variant="subtle"
                color="gray"
                leftSection={<IconPencil size={14} stroke={1.5} />}
                aria-label={`Change what ${props.nameOf(grant)} has`}
                onClick={() => props.onEdit(grant)}
              >
                Change
              </Button>
              <ActionIcon
                aria-label={`Take back what ${props.nameOf(grant)} has`}
                title="Take back"
                onClick={() => void takeBack(grant)}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

async function takeBack(grant: Grant): Promise<void> {
  const again = { user: grant.user, type: grant.type, resource: grant.resource };
  try {
    await ask("DELETE", `/grants/${grant.id}`);
    toast.ok("Taken back", {
      action: {
        label: "Undo",
        run: () =>
          void ask("POST", "/grants", {
            body: { ...again, level: grant.level, rights: grant.rights, powers: grant.powers },
          }),
      },
    });
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    toast.problem(failure);
  }
}
