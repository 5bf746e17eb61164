/** Facts: what a schedule does, when, as whom, in one line under its name. */
import { Link } from "@tanstack/react-router";
import { useTypes } from "~/api/hooks";
import { Until } from "~/kit/until";
import { deedOf, type Schedule } from "./words";

export function Facts({ schedule }: { schedule: Schedule }): React.ReactNode {
  const types = useTypes();
  const { config, names, status } = schedule;
  const type = types.find(({ name }) => config.does?.operation.startsWith(`${name}.`));
  const target = config.does?.target ? names[config.does.target] : undefined;
  const deed = deedOf(config.does, names, types);
  return (
    <>
      <span className="cut">
        {type && target ? (
          <Link className="link" to={`/${type.plural}/${target}`}>
            {deed}
          </Link>
        ) : (
          deed
        )}
      </span>
      <span className="cut">{status.text}</span>
      {status.next && (
        <span>
          next <Until at={status.next} />
        </span>
      )}
      {status.runs_as && <span className="cut">as {status.runs_as}</span>}
    </>
  );
}
