/** Account: who is signed in, the theme, the way out. */
import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout, IconSettings } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMe } from "~/api/hooks";
import { ask, signedOut } from "~/api/http";
import classes from "./AccountMenu.module.css";

export function AccountMenu(): React.ReactNode {
  const { user } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu width={240}>
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
        <SegmentedControl
          fullWidth
          aria-label="Theme"
          value={colorScheme}
          onChange={(value) =>
            setColorScheme(value === "auto" ? "auto" : value === "dark" ? "dark" : "light")
          }
          data={[
            { value: "dark", label: "Dark" },
            { value: "light", label: "Light" },
            { value: "auto", label: "System" },
          ]}
        />
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
