/** Tags: words of one's own, those in use offered. */
import { TagsInput } from "@mantine/core";
import { useMemo } from "react";
import { useResources } from "~/api/hooks";
import { useControl, useScope } from "../scope";

export function TagsControl(props: {
  value: unknown;
  path: string;
  onChange(value: unknown): void;
}): React.ReactNode {
  const { value, path, onChange } = props;
  const { input } = useControl(path, true);
  const { items } = useResources(useScope().type);
  const known = useMemo(() => [...new Set([...items.values()].flatMap((one) => one.tags))].sort(), [items]);
  const tags = Array.isArray(value) ? value.filter((tag) => typeof tag === "string") : [];
  return (
    <TagsInput
      {...input}
      value={tags}
      onChange={(next) => onChange(next.map((tag) => tag.trim().toLowerCase()))}
      data={known}
      splitChars={[",", " "]}
      acceptValueOnBlur
      maxDropdownHeight={240}
      placeholder={tags.length === 0 ? "production, web" : ""}
    />
  );
}
