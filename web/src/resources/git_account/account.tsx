/** What is special about git accounts on screen. */
import { IconKey } from "@tabler/icons-react";
import type { ResourceUi } from "../ui";

export const GIT_ACCOUNT: ResourceUi = {
  type: "git_account",
  icon: IconKey,
  // Nothing runs on it, and it has no state of its own.
  standing: () => ({ tone: "off", word: "Stored" }),
  empty: {
    title: "No git account yet",
    text: "An account lets builds fetch repositories that a git server does not give to just anybody: by a token over https, or by a deploy key over ssh.",
  },
};
