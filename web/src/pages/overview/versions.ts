/** Versions: where each version runs: deployments by what they come from, those on its newest version, those behind. Pure. */
import type { Build, Deployment } from "~/api/types";
import { compareVersions } from "~/resources/server/model";

/** How one deployment stands to the newest version. */
export type Place = "doing" | "newest" | "behind" | "none";

export interface Spot {
  id: string;
  name: string;
  server: string;
  version: string;
  place: Place;
}

export interface Family {
  id: string;
  name: string;
  /** The build's page, or the list of those that run the image. */
  to: string;
  newest: string;
  spots: Spot[];
  /** When one of them was deployed last. */
  deployed: string;
}

export interface Deployed {
  deployment: Deployment;
  /** A deploy of it has not ended. */
  doing: boolean;
}

const ORDER: Record<Place, number> = { doing: 0, newest: 1, behind: 2, none: 3 };

/** Those deployed last first. */
export function familiesOf(all: readonly Deployed[], builds: ReadonlyMap<string, Build>): Family[] {
  const members = new Map<string, Deployed[]>();
  for (const each of all) {
    const key = keyOf(each.deployment);
    const others = members.get(key);
    if (others) others.push(each);
    else members.set(key, [each]);
  }
  return [...members]
    .map(([key, deployed]) => familyOf(key, deployed, builds.get(key)))
    .sort((a, b) =>
      a.deployed === b.deployed ? (a.name < b.name ? -1 : 1) : a.deployed < b.deployed ? 1 : -1,
    );
}

/** Id of the build, or the image without its tag. */
function keyOf({ config, status, info }: Deployment): string {
  if (config.image.kind === "build") return config.image.build;
  return repositoryOf(status.image || info.image || config.image.image);
}

function familyOf(key: string, members: readonly Deployed[], build: Build | undefined): Family {
  const first = members[0]?.deployment;
  const isBuild = first?.config.image.kind === "build";
  const name =
    build?.name ?? (isBuild ? (first?.names[key] ?? "a build") : key.slice(key.lastIndexOf("/") + 1));
  const newest = build?.info.built
    ? build.info.version
    : highest(members.map((each) => versionOf(each.deployment)));
  const spots = members.map((each) => spotOf(each, newest));
  spots.sort((a, b) => ORDER[a.place] - ORDER[b.place] || (a.name < b.name ? -1 : 1));
  return {
    id: key,
    name,
    to: build ? `/builds/${build.name}` : `/deployments?q=${encodeURIComponent(name)}`,
    newest,
    spots,
    deployed: members.reduce((last, { deployment: { info } }) => max(last, info.deployed ?? ""), ""),
  };
}

function spotOf({ deployment, doing }: Deployed, newest: string): Spot {
  const { id, name, status, names, config } = deployment;
  const version = versionOf(deployment);
  const runs = !["not_deployed", "exited", "dead", "created"].includes(status.state);
  const place = doing ? "doing" : !runs || !version ? "none" : version === newest ? "newest" : "behind";
  return { id, name, server: names[config.server] ?? "", version, place };
}

/** What runs: the version of a build, or the image's tag. */
export function versionOf({ info, status }: Deployment): string {
  const image = status.image || info.image;
  if (info.version && (!status.image || status.image === info.image)) return info.version;
  return tagOf(image);
}

/** `1.4.2` of `registry:5000/team/api:1.4.2`. */
function tagOf(image: string): string {
  const last = (image.split("@")[0] ?? "").slice(image.lastIndexOf("/") + 1);
  const colon = last.lastIndexOf(":");
  return colon < 0 ? "" : last.slice(colon + 1);
}

function repositoryOf(image: string): string {
  const bare = image.split("@")[0] ?? "";
  const tag = tagOf(bare);
  return tag ? bare.slice(0, -tag.length - 1) : bare;
}

function highest(versions: readonly string[]): string {
  return versions.reduce((best, each) => {
    const order = compareVersions(each, best);
    return order > 0 || (order === 0 && each > best) ? each : best;
  }, "");
}

function max(a: string, b: string): string {
  return a < b ? b : a;
}
