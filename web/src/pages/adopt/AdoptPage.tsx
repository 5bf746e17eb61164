/** Adopting: choose a container that is nobody's, see what it would be, and make it a deployment as it runs. */
import { Link, useSearch } from "@tanstack/react-router";
import { Where } from "~/app/Where";
import { AdoptForm } from "./AdoptForm";
import { Choose } from "./Choose";

export function AdoptPage(): React.ReactNode {
  const { server, container } = useSearch({ strict: false }) as Record<string, unknown>;
  const chosen = typeof server === "string" && typeof container === "string";
  return (
    <>
      <Where title="Adopt a container">
        <Link to="/deployments">Deployments</Link>
        <span className="faint">/</span>
        <h1>Adopt a container</h1>
      </Where>
      {chosen ? <AdoptForm key={container} server={server} container={container} /> : <Choose />}
    </>
  );
}
