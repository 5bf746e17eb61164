/** Renewal: keeps what was asked for true while somebody is signed in; see `useRenewal`. */
import { useRenewal } from "~/api/asked";

export function Renewal(): React.ReactNode {
  useRenewal();
  return null;
}
