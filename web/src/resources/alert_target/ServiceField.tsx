/** Service: what takes the messages, and how its URL is written. */
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ask } from "~/api/http";
import type { Schemas } from "~/api/types";
import { FieldError } from "~/kit/form/FieldError";
import { idOf } from "~/kit/form/path";
import { labelId } from "~/kit/form/scope";
import times from "~/kit/form/times/times.module.css";
import type { FieldProps } from "../ui";
import classes from "./target.module.css";

type Service = Schemas["KnownService"];

function useServices(): readonly Service[] {
  const { data } = useQuery({
    queryKey: ["alert_target.services"],
    queryFn: ({ signal }) => ask<Service[]>("GET", "/alert_targets/-/services", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ?? [];
}

export function ServiceField({ value, onChange, path, error }: FieldProps): React.ReactNode {
  const services = useServices();
  const chosen = services.find(({ name }) => name === value);
  return (
    <div className={times.field}>
      <Select
        id={idOf(path)}
        aria-labelledby={labelId(path)}
        data={services.map(({ name, title }) => ({ value: name, label: title }))}
        value={typeof value === "string" && chosen ? value : null}
        error={error !== undefined}
        onChange={(name) => name && onChange(name)}
        searchable
        allowDeselect={false}
        maxDropdownHeight={320}
        placeholder="Choose a service"
        nothingFoundMessage="No service is called so"
        comboboxProps={{ shadow: "md" }}
      />
      <FieldError path={`${path}.kind`} />
      {chosen && <Form service={chosen} />}
    </div>
  );
}

function Form({ service }: { service: Service }): React.ReactNode {
  if (service.name === "browser")
    return (
      <p className="muted small">
        Shown by every browser that has Monitor open and has notifications switched on under Settings. It has
        no URL.
      </p>
    );
  return (
    <div className={classes.form} role="status" aria-label="How its URL is written">
      <p className="muted small">Its URL is written</p>
      {service.form.split(" or ").map((form) => (
        <code key={form} className="mono small">
          {form}
        </code>
      ))}
      {service.name === "webhook" && (
        <p className="muted small">It gets JSON, signed with the secret below.</p>
      )}
      {service.docs && (
        <a className="link small" href={service.docs} target="_blank" rel="noreferrer">
          How to get one<span className="unseen"> for {service.title} (opens in a new tab)</span> ↗
        </a>
      )}
    </div>
  );
}
