/** Places: where the image of a version is: the server that made it, and each registry, with its digest. */
import type { Build } from "~/api/types";
import { Shape, type Tone } from "~/kit/State";
import { exact } from "~/kit/time";
import { shortDigest } from "./rows";
import type { Push, Version } from "./useVersions";
import classes from "./versions.module.css";

const THERE: Record<Version["there"], { tone: Tone; word: string }> = {
  yes: { tone: "ok", word: "" },
  removed: { tone: "off", word: "removed" },
  unknown: { tone: "warn", word: "not known: the server does not answer" },
};

export function Places({ version, build }: { version: Version; build: Build }): React.ReactNode {
  const { tone, word } = THERE[version.there];
  const server = version.server || build.names[build.config.builder.server] || "its builder";
  return (
    <>
      <span className={classes.place}>
        <Shape tone={tone} />
        <span className="mono cut" title={`${version.tags.join("\n")}\n${version.image_id}`}>
          {version.image}
        </span>
        <span className="faint small cut">
          {server}
          {word && `, ${word}`}
        </span>
      </span>
      {version.pushes.map((push) => (
        <Registry key={push.image} push={push} />
      ))}
    </>
  );
}

function Registry({ push }: { push: Push }): React.ReactNode {
  const told = [push.tags.join(", "), push.digest, push.pushed && exact(push.pushed), push.error];
  return (
    <span className={classes.place} data-registry={push.image}>
      <Shape tone={push.error ? "bad" : "ok"} />
      <span className="mono cut" title={told.filter(Boolean).join("\n")}>
        {push.image}
      </span>
      {push.error ? (
        <span className={`${classes.failed} small cut`} title={push.error}>
          {push.digest ? "not all pushed" : "not pushed"}
        </span>
      ) : (
        <span className="faint small mono cut" title={push.digest}>
          {shortDigest(push.digest)}
        </span>
      )}
    </span>
  );
}
