/** VersionMenu: what can be done with one version: push it where it lacks, forget it. */
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useTypes } from "~/api/hooks";
import type { Build, Resource } from "~/api/types";
import { openDialog } from "~/kit/action/asked";
import { type Offer, offerOf } from "~/kit/action/offers";
import { useAct } from "~/kit/action/useAct";
import type { Version } from "./useVersions";

export function VersionMenu({ version, build }: { version: Version; build: Build }): React.ReactNode {
  const resource = build as unknown as Resource;
  const type = useTypes().find((each) => each.name === "build");
  const push = type && build.config.push_to.length > 0 ? offerOf(type, "build.push", resource) : undefined;
  const forget = type && !version.newest ? offerOf(type, "build.forget_version", resource) : undefined;
  if (!push && !forget) return <span />;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={`Actions on version ${version.version}`}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items version={version} resource={resource} push={push} forget={forget} />
      </Menu.Dropdown>
    </Menu>
  );
}

function Items(props: {
  version: Version;
  resource: Resource;
  push: Offer | undefined;
  forget: Offer | undefined;
}): React.ReactNode {
  const { version, resource, push, forget } = props;
  const act = useAct();
  const says = { version: version.version };
  const ask = (offer: Offer) => {
    const sure: Offer = { ...offer, label: `Forget version ${version.version} of`, fields: [] };
    const submit = async () => void (await act({ ...offer, asks: false, says }, resource, says));
    openDialog({ at: "asking", offer: sure, resources: [resource], submit });
  };
  return (
    <>
      {push && (
        <Menu.Item onClick={() => void act(push, resource, says)}>
          {version.pushes.some((one) => one.error) ? "Push again" : "Push"}
        </Menu.Item>
      )}
      {forget && (
        <Menu.Item color="red" onClick={() => ask(forget)}>
          Forget version…
        </Menu.Item>
      )}
    </>
  );
}
