/** RangePicker: how far all charts of a page reach back; the address keeps it. */
import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { useParam } from "~/app/param";
import classes from "./RangePicker.module.css";
import { LIVE, REACHES, type Reach, reachOf } from "./ranges";

export function useReach(usual: string): [Reach, (id: string) => void] {
  const [chosen] = useParam("range");
  const navigate = useNavigate();
  const choose = useCallback(
    (range: string) => {
      // What was zoomed to belongs to the time one comes from.
      const search = (old: Record<string, unknown>) => ({
        ...old,
        range,
        since: undefined,
        until: undefined,
      });
      void navigate({ to: ".", search: search as never, replace: true, resetScroll: false });
    },
    [navigate],
  );
  return [reachOf(chosen ?? usual), choose];
}

export function RangePicker(props: {
  reach: Reach;
  choose: (id: string) => void;
  className?: string | undefined;
  /** What is shown does not move with the time. */
  still?: boolean;
}): React.ReactNode {
  return (
    <SegmentedControl
      className={`${classes.picker} ${props.className ?? ""}`}
      aria-label="How far the charts reach back"
      value={props.reach.id}
      onChange={props.choose}
      data={REACHES.filter(({ id }) => !props.still || id !== LIVE).map(({ id, label }) => ({
        value: id,
        label,
      }))}
    />
  );
}
