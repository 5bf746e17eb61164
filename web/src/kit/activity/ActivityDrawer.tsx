/** Being written. */
export function ActivityDrawer(props: {
  id: string;
  line: number | undefined;
  onClose: () => void;
}): React.ReactNode {
  return <div>{props.id}</div>;
}
