/** Being written. */
export function Palette(props: { opened: boolean; onClose: () => void }): React.ReactNode {
  return props.opened ? <div /> : null;
}
