/** What is special about builds on screen. */
import { IconHammer } from "@tabler/icons-react";
import type { ResourceUi } from "../ui";

export const BUILD: ResourceUi = {
  type: "build",
  icon: IconHammer,
  empty: {
    title: "No build yet",
    text: "A build turns source in git into versioned images. Name a repository and a server to build on.",
  },
};
