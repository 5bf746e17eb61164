/** What is special about servers on screen. */
import { IconServer2 } from "@tabler/icons-react";
import type { ResourceUi } from "../ui";

export const SERVER: ResourceUi = {
  type: "server",
  icon: IconServer2,
  empty: {
    title: "No server yet",
    text: "A server is a machine with Docker. Add this one first: one command, and its containers appear here.",
  },
};
