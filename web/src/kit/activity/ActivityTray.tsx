/** Being written. */
export function ActivityTray(): React.ReactNode {
  return null;
}
