/** What is special about deployments on screen. */
import { IconUpload } from "@tabler/icons-react";
import type { ResourceUi } from "../ui";

export const DEPLOYMENT: ResourceUi = {
  type: "deployment",
  icon: IconUpload,
  empty: {
    title: "Nothing deployed yet",
    text: "A deployment keeps one container running on a server, from an image or a build.",
  },
};
