/** useCommands: what can be done without a thing to do it to. */
import { useMantineColorScheme } from "@mantine/core";
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSun,
} from "@tabler/icons-react";
import { useMemo } from "react";
import { useMe, useTypes } from "~/api/hooks";
import type { TypeInfo } from "~/api/types";
import { signOut } from "~/app/AccountMenu";
import { openKeySheet } from "~/kit/keys";
import { type Entry, entry } from "./entry";

export function useCommands(): readonly Entry[] {
  const types = useTypes();
  const me = useMe();
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(() => {
    const adds = types.filter((type) => me.can.includes(`${type.name}.create`)).map(addOne);
    const theme = (word: string, icon: Entry["icon"], scheme: "dark" | "light" | "auto") =>
      command(`theme-${scheme}`, `Theme: ${word}`, "mode colour scheme", icon, () => setColorScheme(scheme));
    return [
      ...adds,
      theme("dark", IconMoon, "dark"),
      theme("light", IconSun, "light"),
      theme("as the system", IconDeviceDesktop, "auto"),
      command("keys", "Show all keys", "help shortcuts keyboard", IconKeyboard, openKeySheet, "?"),
      command("sign-out", "Sign out", "log out logout exit", IconLogout, () => void signOut()),
    ].map((made, order) => ({ ...made, order }));
  }, [types, me, setColorScheme]);
}

function addOne(type: TypeInfo): Entry {
  const title = type.title.toLowerCase();
  return entry({
    key: `add-${type.name}`,
    pieces: [{ text: type.name === "server" ? "Add a server" : `New ${title}` }],
    also: `add new create ${title}`,
    icon: IconPlus,
    order: 0,
    to: type.name === "server" ? "/servers/add" : `/${type.plural}/new`,
  });
}

function command(
  key: string,
  text: string,
  also: string,
  icon: Entry["icon"],
  run: () => void,
  hint?: string,
): Entry {
  return entry({ key, pieces: [{ text }], also, icon, order: 0, run, ...(hint ? { hint } : {}) });
}
