/** Webhook: whether a push builds, what counts, where services send to, and what became of the last deliveries. */
import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTopic } from "~/api/hooks";
import type { Resource } from "~/api/types";
import { Deliveries } from "./Deliveries";
import type { Address, Webhook } from "./model";
import { Setup } from "./Setup";
import { Standing } from "./Standing";

export function WebhookTab({ resource }: { resource: Resource }): React.ReactNode {
  const { items } = useTopic<Webhook>({ topic: "build.watch_webhook", target: resource.id });
  const webhook = items.get(resource.id);
  /** The secret is told once: it is kept here as long as the page shows this. */
  const [told, setTold] = useState<Address>();
  if (!webhook) return <Skeleton h={240} />;
  const writes = resource.can.includes("build.webhook_on");
  return (
    <div className="stack">
      <Standing resource={resource} webhook={webhook} writes={writes} onMade={setTold} />
      {webhook.made && writes && <Setup resource={resource} webhook={webhook} told={told} onMade={setTold} />}
      {webhook.made && <Deliveries webhook={webhook} />}
    </div>
  );
}
