/** UpdateDetail: what runs and what there is, since when that is known, and what can be done about it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { useType } from "~/api/hooks";
import { ask } from "~/api/http";
import { OfferButton } from "~/kit/action/OfferButton";
import { offerOf } from "~/kit/action/offers";
import { attempt } from "~/kit/attempt";
import { Ago } from "~/kit/time";
import type { Known } from "../../ui";
import { deploymentOf } from "../standing";
import classes from "./update.module.css";
import { ruleWords, safeLink, shortNewest, type Update, updateOf } from "./words";

export function UpdateDetail({ known, close }: { known: Known; close: () => void }): React.ReactNode {
  const deployment = deploymentOf(known);
  const type = useType("deployment");
  const update = updateOf(deployment);
  const rule = ruleWords(deployment);
  const offer = offerOf(type, "deployment.update_image", known.resource, known.open);
  return (
    <>
      <dl className={classes.detail}>
        {update ? <Found update={update} /> : <Fact name="Newer image">not looked for yet</Fact>}
        <Fact name="By itself">
          {rule ? `${rule}, as ${deployment.status.updates_as || "nobody known"}` : "no"}
        </Fact>
        {deployment.config.redeploy_on_build && (
          <Fact name="On a build">redeployed, as {deployment.status.redeploys_as || "nobody known"}</Fact>
        )}
        {update?.auto && (
          <Fact name="Last try">
            <bdi>{update.auto}</bdi>
          </Fact>
        )}
      </dl>
      <div className={classes.buttons}>
        {known.resource.can.includes("deployment.check_update") && <CheckButton id={known.resource.id} />}
        {offer && update?.state !== "none" && (
          <span onClickCapture={close}>
            <OfferButton offer={offer} resource={known.resource} primary={update?.state === "available"} />
          </span>
        )}
      </div>
    </>
  );
}

function Found({ update }: { update: Update }): React.ReactNode {
  const link = safeLink(update.source);
  return (
    <>
      {update.running && (
        <Fact name="Runs">
          <span className="mono" title={update.running}>
            {shortNewest(update.running)}
          </span>{" "}
          {update.version && <bdi className="muted">{update.version}</bdi>}
        </Fact>
      )}
      <Fact name="Newest">
        {update.newest ? (
          <span className="mono" title={update.newest}>
            {update.newest === update.running ? "the same" : shortNewest(update.newest)}
          </span>
        ) : (
          "not known"
        )}
      </Fact>
      {update.reason && (
        <Fact name="Why">
          <bdi>{update.reason}</bdi>
        </Fact>
      )}
      {update.checked && (
        <Fact name="Looked for">
          <Ago at={update.checked} suffix=" ago" />
        </Fact>
      )}
      {link && (
        <Fact name="Source">
          <a className="link" href={link} target="_blank" rel="noreferrer noopener">
            <bdi>{link}</bdi>
          </a>
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }): React.ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What is found comes by itself, as every change. */
function CheckButton({ id }: { id: string }): React.ReactNode {
  const [busy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    await attempt(() => ask("POST", `/deployments/${id}/check_update`, { body: {} }));
    setBusy(false);
  };
  return (
    <Button loading={busy} onClick={() => void check()}>
      Check now
    </Button>
  );
}
