/** AlertTold: where an alert was told, with what outcome, and what waits; of targets the viewer may read. */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useResources } from "~/api/hooks";
import { ask } from "~/api/http";
import type { Resource, Schemas } from "~/api/types";
import { Shape } from "~/kit/State";
import { Ago, exact } from "~/kit/time";
import { Until } from "~/kit/until";
import classes from "./AlertDrawer.module.css";
import type { Alert } from "./alert";
import { becameOf, type Notification, whyOf } from "./told";

type Target = Schemas["AlertTarget"] & Resource;

export function AlertTold({ alert }: { alert: Alert }): React.ReactNode {
  const { items } = useResources<Target>("alert_target");
  // Asked again whenever something became of a message anywhere.
  const newest = useMemo(
    () => [...items.values()].map(({ id, info }) => `${id} ${info.waiting} ${info.held} ${info.log[0]?.at}`),
    [items],
  );
  const { data } = useQuery<Notification[]>({
    queryKey: ["alert.notifications", alert.id, newest],
    enabled: items.size > 0 && alert.state !== "pending",
    queryFn: ({ signal }) => ask<Notification[]>("GET", `/alerts/${alert.id}/notifications`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!data) return null;
  return (
    <section className={classes.part} aria-label="Notifications">
      <h3>Notifications</h3>
      {data.length === 0 && (
        <p className="muted">None to a target, as far as each keeps its last 50 messages.</p>
      )}
      <ol className={classes.told}>
        {data.map((one) => (
          <Row key={`${one.target} ${one.at} ${one.state}`} one={one} />
        ))}
      </ol>
    </section>
  );
}

function Row({ one }: { one: Notification }): React.ReactNode {
  const { tone, word } = becameOf(one);
  const why = whyOf(one);
  return (
    <li>
      <Shape tone={tone} />
      <span className={classes.said}>
        {word} <span className="muted">to</span>{" "}
        <Link to={`/alert_targets/${one.name}/deliveries`} className="link">
          {one.name}
        </Link>
        {(why || one.next) && (
          <span className="muted" dir="auto">
            {why && ` · ${why}`}
            {one.next && (
              <>
                {" · "}
                <Until at={one.next} before={one.tries > 0 ? "again " : ""} />
              </>
            )}
          </span>
        )}
      </span>
      <span className="faint small" title={exact(one.at)}>
        <Ago at={one.at} suffix=" ago" />
      </span>
    </li>
  );
}
