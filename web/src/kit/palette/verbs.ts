/** Verbs: what can be done with a resource: its type's operations, and the tabs of its page. */
import {
  IconCopy,
  IconCursorText,
  IconDownload,
  IconFileText,
  IconHammer,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlugConnectedX,
  IconRefresh,
  IconTrash,
  IconUpload,
} from "@tabler/icons-react";
import type { OperationInfo, TypeInfo } from "~/api/types";
import { verbOf } from "~/kit/activity/title";
import { uiOf } from "~/resources/registry";
import type { Tab } from "~/resources/ui";
import type { Icon, Verb } from "./entry";
import { textOf } from "./match";

const ICONS: Record<string, Icon> = {
  deploy: IconUpload,
  run: IconHammer,
  copy: IconCopy,
  kill: IconPlugConnectedX,
  pause: IconPlayerPause,
  pull: IconDownload,
  rename: IconCursorText,
  start: IconPlayerPlay,
  stop: IconPlayerStop,
  restart: IconRefresh,
  remove: IconTrash,
  delete: IconTrash,
};

const TAKES_AWAY = /\.(remove|delete)$/;

/** Every resource's page has them. */
const DERIVED = [
  { id: "config", label: "Config" },
  { id: "activity", label: "Activity" },
  { id: "permissions", label: "Permissions" },
];

export function verbsOf(type: TypeInfo, types: readonly TypeInfo[]): Verb[] {
  return [
    ...type.operations.filter(isAsked).map((each) => operationVerb(type, each, types)),
    ...tabVerbs(type),
  ];
}

/** What people ask for by a button, see `offers`; config is changed on its tab. */
function isAsked({ targeted, kind, name, attended }: OperationInfo): boolean {
  return targeted && !attended && kind !== "query" && !name.endsWith(".update");
}

function operationVerb(
  type: TypeInfo,
  { name, kind, danger = false }: OperationInfo & { danger?: boolean },
  types: readonly TypeInfo[],
): Verb {
  const before = `${verbOf(name, types)} `;
  return {
    type: type.name,
    id: name,
    before,
    icon: ICONS[name.split(".")[1] ?? ""] ?? IconPlayerPlay,
    tab: false,
    quiet: danger || kind !== "action" || TAKES_AWAY.test(name),
    text: textOf(before),
    offered: (resource) => resource.can.includes(name),
  };
}

function tabVerbs(type: TypeInfo): Verb[] {
  const own = uiOf(type.name).tabs ?? [];
  const tabs: Pick<Tab, "id" | "label" | "offered">[] = [
    ...own,
    ...DERIVED.filter((tab) => !own.some(({ id }) => id === tab.id)),
  ];
  return tabs.map((tab) => {
    const before = `${tab.label} of `;
    return {
      type: type.name,
      id: tab.id,
      before,
      icon: IconFileText,
      tab: true,
      quiet: false,
      text: textOf(before),
      offered: (resource) => tab.offered?.(resource) ?? true,
      to: (resource) => `/${type.plural}/${resource.name}/${tab.id}`,
    };
  });
}
