/** Docker's short forms of rows, told by the fields a row has: `8080:80/tcp`, `data:/var/lib/data:ro`, `NAME=value`. */
import { isObject, type Json, type RowsField } from "./field";

interface ShortForm {
  /** The fields a row must have. */
  fields: readonly string[];
  /** The row a text means, or nothing if it is not of this form. */
  read(text: string): Json | undefined;
  write(row: Json): string;
}

const PORT: ShortForm = {
  fields: ["container", "host", "protocol", "address"],
  read(text) {
    const found = /^(?:(.*):)?(\d*):(\d+)(?:\/(\w+))?$|^(\d+)(?:\/(\w+))?$/.exec(text);
    if (!found) return undefined;
    const [, address = "", host = "", container, protocol, alone, ofAlone] = found;
    return {
      container: Number(container ?? alone),
      host: Number(host || 0),
      protocol: protocol ?? ofAlone ?? "tcp",
      address: address.replace(/^\[|\]$/g, ""),
    };
  },
  write({ container, host, protocol, address }) {
    const bound = String(address).includes(":") ? `[${address}]:` : address ? `${address}:` : "";
    const published = host || address ? `${host || ""}:` : "";
    return `${bound}${published}${container}/${protocol}`;
  },
};

const VOLUME: ShortForm = {
  fields: ["source", "target", "read_only"],
  read(text) {
    const found = /^([^:]+):([^:]+?)(?::(ro|rw))?$/.exec(text);
    return found ? { source: found[1], target: found[2], read_only: found[3] === "ro" } : undefined;
  },
  write: ({ source, target, read_only }) => `${source}:${target}${read_only ? ":ro" : ""}`,
};

const FORMS = [PORT, VOLUME];

/** The short form of a list's rows, where it has one. */
export function shortForm(field: RowsField): ShortForm | undefined {
  const names = field.fields.map((each) => each.name);
  return FORMS.find(
    (form) => form.fields.length === names.length && form.fields.every((f) => names.includes(f)),
  );
}

/** A row in its short form; undefined where there is none or it would not say everything. */
export function written(field: RowsField, row: unknown): string | undefined {
  return isObject(row) ? shortForm(field)?.write(row) : undefined;
}
