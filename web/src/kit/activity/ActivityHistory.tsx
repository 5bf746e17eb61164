/** Being written. */
export function ActivityHistory({ resource }: { resource: string }): React.ReactNode {
  return <div>{resource}</div>;
}
