/** What is special about registry accounts on screen. */
import { IconId } from "@tabler/icons-react";
import type { ResourceUi } from "../ui";

export const REGISTRY_ACCOUNT: ResourceUi = {
  type: "registry_account",
  icon: IconId,
  // Nothing runs on it, and it has no state of its own.
  standing: () => ({ tone: "off", word: "Stored" }),
  empty: {
    title: "No registry account yet",
    text: "An account lets deployments fetch images that a registry does not give to just anybody.",
  },
};
