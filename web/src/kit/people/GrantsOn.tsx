/** Who may do what with one resource. */
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useAsked } from "~/api/asked";
import { useMe } from "~/api/hooks";
import type { Grant, Resource, TypeInfo } from "~/api/types";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import { GrantDialog, type GrantDraft } from "./GrantDialog";
import { GrantRows } from "./GrantRows";

const CHANGE = ["grant.", "user."];

export function GrantsOn({ type, resource }: { type: TypeInfo; resource: Resource }): React.ReactNode {
  const me = useMe();
  const query = { type: type.name, resource: resource.id };
  const { data, error, refetch } = useAsked<Grant[]>("/grants", query, CHANGE);
  const [draft, setDraft] = useState<GrantDraft>();
  const mine = data?.find((grant) => grant.user === me.user.id);
  const mayChange = me.user.admin || (mine?.rights.includes("manage") ?? false);
  const blank: GrantDraft = { user: "", ...query, level: "read", rights: [], powers: [] };
  const add = mayChange && (
    <Button leftSection={<IconPlus size={14} stroke={1.5} />} onClick={() => setDraft(blank)}>
      Share
    </Button>
  );

  if (error) {
    return (
      <Notice
        tone="bad"
        title="Who may do what is not known"
        text={error.message}
        action={<Button onClick={() => void refetch()}>Try again</Button>}
      />
    );
  }
  return (
    <>
      <Panel title="Shared with" note="Admins may do everything and are not listed" end={add}>
        {data?.length === 0 && (
          <Notice
            title="Only admins, and who has a grant on all of this type"
            text={`Share ${resource.name} to let somebody see or use it.`}
          />
        )}
        <GrantRows
          grants={data ?? []}
          nameOf={(grant) => grant.user_name}
          subject={(grant) =>
            me.can.includes("user.list") ? (
              <Link className="link" to={`/people/${grant.user_name}`}>
                {grant.user_name}
              </Link>
            ) : (
              grant.user_name
            )
          }
          mayChange={mayChange}
          onEdit={(grant) => setDraft({ ...grant })}
        />
      </Panel>
      {draft && (
        <GrantDialog
          title={`Share ${resource.name}`}
          start={draft}
          fixed={{ place: true, user: draft.user !== "" && draft !== blank }}
          onClose={() => setDraft(undefined)}
        />
      )}
    </>
  );
}
