/** WritersText: who gains power over a deployment by being able to write its build, as far as the viewer may know. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "~/api/http";
import type { Schemas } from "~/api/types";
import { plural } from "~/kit/units";

type Writers = Schemas["Writers"];

/** More names than this are counted. */
const NAMED = 6;

export function WritersText({ build, name }: { build: string; name: string }): React.ReactNode {
  const { data } = useQuery({
    queryKey: ["writers", build],
    queryFn: ({ signal }) => ask<Writers>("GET", `/builds/${build}/writers`, { signal }),
    staleTime: 60_000,
  });
  return (
    <>
      Whoever can write the build {name}
      {data?.told && <> ({peopleOf(data)})</>} decides what code runs in each deployment of it, with that
      deployment’s secrets and volumes. So does whoever can push to what it builds.
    </>
  );
}

function peopleOf({ people, admins }: Writers): React.ReactNode {
  const more = people.length - NAMED;
  const named = more > 0 ? [...people.slice(0, NAMED), `${more} more`] : people;
  const all = [...named, ...(admins > 0 ? [plural(admins, "admin")] : [])];
  return <b>{all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : (all[0] ?? "nobody")}</b>;
}
