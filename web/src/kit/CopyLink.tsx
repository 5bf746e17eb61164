/** CopyLink: the address of what the drawer shows, to be passed on. */
import { IconLink } from "@tabler/icons-react";
import { IconAction } from "~/kit/activity/IconAction";
import { copyText } from "~/kit/copy";
import { toast } from "~/kit/toast";

export function CopyLink(): React.ReactNode {
  return <IconAction label="Copy link" icon={IconLink} onClick={() => void copyLink()} />;
}

async function copyLink(): Promise<void> {
  if (await copyText(location.href)) toast.ok("Link copied");
  else
    toast.info("This browser does not let the page copy", {
      detail: "Copy the address of this page instead.",
    });
}
