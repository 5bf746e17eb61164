/** Says that values of a field may be host powers, and what the chosen server's policy says to that. */
import { IconShieldHalf } from "@tabler/icons-react";
import { useServers } from "~/api/hooks";
import classes from "./Form.module.css";
import { useScope } from "./scope";

export function HostPowers({ powers }: { powers: readonly string[] }): React.ReactNode {
  const { server } = useScope();
  const found = useServers().items.get(server);
  const allowed = found?.status.agent?.powers;
  const off = allowed ? powers.filter((power) => !allowed.includes(power)) : [];
  return (
    <p className={classes.powers}>
      <IconShieldHalf size={14} stroke={1.5} aria-hidden="true" />
      <span>
        Some values need the host power {spelled(powers)} on the server
        {off.length > 0 && (
          <>
            ;{" "}
            <b>
              the policy of {found?.name} has {powers.length > 1 ? spelled(off) : "it"} off
            </b>
          </>
        )}
        .
      </span>
    </p>
  );
}

function spelled(powers: readonly string[]): React.ReactNode {
  return powers.map((power, index) => (
    <span key={power}>
      {index > 0 && ", "}
      <code>{power}</code>
    </span>
  ));
}
