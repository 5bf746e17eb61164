/** Upcoming: what an expression means and the next times it is due, while it is typed. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { ask, Problem } from "~/api/http";
import type { Schemas } from "~/api/types";
import classes from "./schedule.module.css";
import { inZone } from "./words";

const PAUSE = 250;

export interface Preview {
  found: Schemas["Upcoming"] | undefined;
  /** What is wrong, and with which of the two. */
  wrong: { field: string; message: string } | undefined;
}

/** Asked for once typing pauses, and anew once a shown time has come. */
export function usePreview(cron: string, zone: string, since = ""): Preview {
  const [typed] = useDebouncedValue({ cron, zone }, PAUSE);
  const { data, error } = useQuery({
    queryKey: ["schedule.preview", typed.cron, typed.zone, since],
    queryFn: ({ signal }) =>
      ask<Schemas["Upcoming"]>("GET", "/schedules/-/preview", { query: typed, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [first] = error instanceof Problem ? (error.body.errors ?? []) : [];
  return { found: error ? undefined : data, wrong: first && { field: first.path, message: first.message } };
}

export function Upcoming({ preview, zone }: { preview: Preview; zone: string }): React.ReactNode {
  const { found } = preview;
  return (
    <div className={classes.upcoming} role="status" aria-label="What this means">
      {found && (
        <>
          <p className="strong">{found.text}</p>
          <ol className={classes.moments}>
            {found.moments.map((at) => (
              <li key={at}>
                <time dateTime={at}>{inZone(at, zone)}</time>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
