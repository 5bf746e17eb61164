/** Every type's own part of the screens; a type without one gets the derived screens. */
import { IconCube } from "@tabler/icons-react";
import { ALERT_RULE } from "./alert_rule/alert_rule";
import { ALERT_TARGET } from "./alert_target/target";
import { BUILD } from "./build/build";
import { DEPLOYMENT } from "./deployment/deployment";
import { GIT_ACCOUNT } from "./git_account/account";
import { MAINTENANCE } from "./maintenance/maintenance";
import { REGISTRY_ACCOUNT } from "./registry_account/account";
import { SCHEDULE } from "./schedule/schedule";
import { SERVER } from "./server/server";
import type { ResourceUi } from "./ui";

const UIS: readonly ResourceUi[] = [
  SERVER,
  BUILD,
  DEPLOYMENT,
  REGISTRY_ACCOUNT,
  GIT_ACCOUNT,
  SCHEDULE,
  ALERT_RULE,
  ALERT_TARGET,
  MAINTENANCE,
];

export function uiOf(type: string): ResourceUi {
  return (
    UIS.find((ui) => ui.type === type) ?? {
      type,
      icon: IconCube,
      empty: { title: `No ${type} yet`, text: `Create the first ${type} to see it here.` },
    }
  );
}
