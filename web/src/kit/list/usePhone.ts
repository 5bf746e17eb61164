/** usePhone: whether the window is as narrow as a phone's. */
import { useMediaQuery } from "@mantine/hooks";

export function usePhone(): boolean {
  return useMediaQuery("(max-width: 720px)", false, { getInitialValueInEffect: false });
}
