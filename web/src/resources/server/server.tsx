/** What is special about servers on screen. */
import { IconServer2 } from "@tabler/icons-react";
import type { ResourceUi } from "../ui";
import { COLUMNS } from "./columns";
import { Facts } from "./Facts";
import { isBehind, serverOf } from "./model";
import { serverStanding } from "./standing";
import { serverTroubles } from "./troubles";

export const SERVER: ResourceUi = {
  type: "server",
  icon: IconServer2,
  standing: (known) => serverStanding(serverOf(known)),
  columns: COLUMNS,
  chips: [
    {
      id: "disk",
      label: "Disk over 80%",
      matches: (known) => (serverOf(known).status.disk ?? 0) > 80,
    },
    { id: "behind", label: "Agent behind", matches: (known) => isBehind(serverOf(known)) },
    { id: "down", label: "Down", matches: (known) => serverOf(known).status.state === "down" },
  ],
  facts: (known) => <Facts server={serverOf(known)} />,
  troubles: serverTroubles,
  empty: {
    title: "No server yet",
    text: "A server is a machine with Docker. Add this one first: one command, and its containers appear here.",
  },
};
