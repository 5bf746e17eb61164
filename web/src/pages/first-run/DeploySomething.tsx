/** DeploySomething: three ways to the first deployment, each with its form filled in as far as can be known. */
import { Link } from "@tanstack/react-router";
import { useMe } from "~/api/hooks";
import type { ServerResource } from "~/resources/server/model";
import classes from "./FirstRun.module.css";

interface Way {
  title: string;
  text: string;
  to: string;
  /** What the form begins with. */
  search: Record<string, unknown>;
}

export function DeploySomething({ server }: { server: ServerResource }): React.ReactNode {
  const { can } = useMe();
  const ways: Way[] = [];
  if (can.includes("deployment.create")) {
    ways.push(
      {
        title: "A sample",
        text: "A small web server (nginx) on port 8080, to see how a deploy goes.",
        to: "/deployments/new",
        search: {
          name: "hello",
          "config.server": server.id,
          "config.image.kind": "image",
          "config.image.image": "nginx:alpine",
          "config.ports": [{ container: 80, host: 8080 }],
        },
      },
      {
        title: "An image",
        text: "Any image this server’s Docker can pull or has.",
        to: "/deployments/new",
        search: { "config.server": server.id, "config.image.kind": "image" },
      },
    );
  }
  if (can.includes("build.create")) {
    ways.push({
      title: "From git",
      text: "A build makes versioned images from a repository; deployments follow.",
      to: "/builds/new",
      search: { "config.builder.kind": "server", "config.builder.server": server.id },
    });
  }
  if (ways.length === 0) return <p className="muted">You may not create deployments or builds.</p>;
  return (
    <div className={classes.ways}>
      {ways.map(({ title, text, to, search }) => (
        <Link key={title} className={classes.way} to={to} search={search}>
          <b>{title}</b>
          <span className="muted small">{text}</span>
        </Link>
      ))}
    </div>
  );
}
