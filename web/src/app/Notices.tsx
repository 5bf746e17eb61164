/** Notices: alerts that targets of the kind browser are sent, shown by the browser while Monitor is open in it. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTopic, useTypes } from "~/api/hooks";
import type { Schemas } from "~/api/types";
import { useAllowance } from "./allowance";

export function Notices(): React.ReactNode {
  return useAllowance() === "on" ? <Shown /> : null;
}

function Shown(): React.ReactNode {
  const { items } = useTopic<Schemas["Notice"]>({ topic: "alert_target.notices" });
  const navigate = useNavigate();
  const types = useTypes();
  const seen = useRef(new Set<string>());
  useEffect(() => {
    for (const notice of items.values()) {
      if (seen.current.has(notice.id)) continue;
      seen.current.add(notice.id);
      // The same tag in every tab: the browser shows it once.
      const shown = new Notification(notice.title, { body: notice.text, tag: notice.id, lang: "en" });
      shown.onclick = () => {
        window.focus();
        const plural = types.find(({ name }) => name === notice.type)?.plural;
        void navigate({ to: plural && notice.name ? `/${plural}/${notice.name}` : "/" });
        shown.close();
      };
    }
  }, [items, navigate, types]);
  return null;
}
