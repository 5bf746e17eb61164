/** Account: who is signed in, the theme, the way out. */
import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMe } from "~/api/hooks";
import { ask, signedOut } from "~/api/http";
import classes from "./AccountMenu.module.css";

export function AccountMenu(): React.ReactNode {
  const { user } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu width={240} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.avatar} title={user.name}>
          <span aria-hidden="true">{user.name.slice(0, 2)}</span>
          <b className="unseen">Account of {user.name}</b>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name}
          {user.admin ? ", admin" : ""}
        </Menu.Label>
        <Menu.Divider />
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) =>
            setColorScheme(value === "auto" ? "auto" : value === "dark" ? "dark" : "light")
          }
        >
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="auto">As the system</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings" leftSection={<IconSettings size={14} stroke={1.5} />}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={14} stroke={1.5} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export async function signOut(): Promise<void> {
  await ask("POST", "/logout").catch(() => undefined);
  signedOut.dispatchEvent(new Event("signed-out"));
}
