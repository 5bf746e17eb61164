/** Segments: a switch between few views of the same thing. */
import { SegmentedControl } from "@mantine/core";
import classes from "./Segments.module.css";

export function Segments(props: {
  label: string;
  value: string;
  onChange(value: string): void;
  data: readonly { value: string; label: string }[];
}): React.ReactNode {
  return (
    <SegmentedControl
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      data={props.data.map((each) => ({ ...each }))}
      classNames={{
        root: classes.root ?? "",
        indicator: classes.indicator ?? "",
        control: classes.control ?? "",
        label: classes.label ?? "",
      }}
    />
  );
}
