/** Log: what the container writes, live. */
import type { Deployment, Resource } from "~/api/types";
import { ContainerLog } from "~/kit/log/ContainerLog";
import { Notice } from "~/kit/Notice";
import { Panel } from "~/kit/Panel";
import classes from "./LogTab.module.css";

export function LogTab({ resource }: { resource: Resource }): React.ReactNode {
  const { info, status } = resource as unknown as Deployment;
  if (status.state === "not_deployed") return <NotYet name={resource.name} />;
  return (
    <Panel className={classes.panel} label="Log">
      {/* Another container after a deploy is another log. */}
      <ContainerLog
        key={info.container}
        topic={{ topic: "deployment.follow_log", target: resource.id }}
        file={`/deployments/${resource.id}/log_file`}
        name={resource.name}
      />
    </Panel>
  );
}

function NotYet({ name }: { name: string }): React.ReactNode {
  return (
    <Panel label="Log">
      <Notice
        title={`${name} has no container yet`}
        text="Deploy makes and starts it; what it writes appears here."
      />
    </Panel>
  );
}
