/** Preferences: how this reader likes output shown, kept in the browser. */
import { useLocalStorage } from "@mantine/hooks";

/** Long lines break instead of running out of sight. */
export function useWrap(): [boolean, (wrap: boolean) => void] {
  const [wrap, set] = useLocalStorage({
    key: "monitor.output.wrap",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return [wrap, set];
}

/** The time stands before each line. */
export function useTimes(): [boolean, (times: boolean) => void] {
  const [times, set] = useLocalStorage({
    key: "monitor.output.times",
    defaultValue: true,
    getInitialValueInEffect: false,
  });
  return [times, set];
}
