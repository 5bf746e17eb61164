/** A new resource of any type. */
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useMe, useTypes } from "~/api/hooks";
import { Missing } from "~/app/Missing";
import { capital } from "~/app/nav";
import { Where } from "~/app/Where";
import { CreateForm } from "~/kit/form/CreateForm";
import { Notice } from "~/kit/Notice";
import { uiOf } from "~/resources/registry";

export function NewPage(): React.ReactNode {
  const { plural } = useParams({ strict: false });
  const navigate = useNavigate();
  const { can } = useMe();
  const type = useTypes().find((each) => each.plural === plural);
  if (!type) return <Missing />;
  const title = `New ${type.title.toLowerCase()}`;
  const where = (
    <Where title={title}>
      <Link to={`/${type.plural}`}>{capital(type.plural)}</Link>
      <span className="faint">/</span>
      <h1>{title}</h1>
    </Where>
  );
  if (!can.includes(`${type.name}.create`)) {
    const kinds = capital(type.plural).toLowerCase();
    return (
      <>
        {where}
        <Notice
          title={`You may not make ${kinds}`}
          text={`Ask an admin for the right to create ${kinds}: People, a grant on all of them, with Create.`}
        />
      </>
    );
  }
  return (
    <>
      {where}
      {type.name === "deployment" && (
        <p className="muted small">
          It runs already? <Link to="/deployments/adopt">Adopt the container</Link> as it is.
        </p>
      )}
      <CreateForm
        type={type}
        overrides={uiOf(type.name).fields}
        notes={uiOf(type.name).notes}
        begin={uiOf(type.name).begin}
        onCreated={(made) => void navigate({ to: `/${type.plural}/${made.name}` })}
      />
    </>
  );
}
