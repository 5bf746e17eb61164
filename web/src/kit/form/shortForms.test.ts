// Docker's short forms.
import { describe, expect, it } from "vitest";
import sample from "./sample.json";
import { fieldsOf } from "./schema";
import { shortForm } from "./shortForms";

function form(name: string) {
  const field = fieldsOf(sample.deployment).find((each) => each.name === name);
  const found = field?.kind === "rows" ? shortForm(field) : undefined;
  if (!found) throw new Error(name);
  return found;
}

describe("ports", () => {
  it.each([
    ["80", 80, 0, "tcp", ""],
    ["80/udp", 80, 0, "udp", ""],
    ["8080:80/tcp", 80, 8080, "tcp", ""],
    ["127.0.0.1:8080:80/tcp", 80, 8080, "tcp", "127.0.0.1"],
    ["127.0.0.1::80/tcp", 80, 0, "tcp", "127.0.0.1"],
    ["[::1]:8080:80/sctp", 80, 8080, "sctp", "::1"],
  ])("%s", (text, container, host, protocol, address) => {
    const row = { container, host, protocol, address };
    expect(form("ports").read(text)).toEqual(row);
    expect(form("ports").read(form("ports").write(row))).toEqual(row);
  });

  it.each(["", "http", "80:http", "a=b"])("%j is none", (text) => {
    expect(form("ports").read(text)).toBeUndefined();
  });
});

describe("volumes", () => {
  it.each([
    ["data:/var/lib/data", false],
    ["/srv/data:/data:ro", true],
  ])("%s", (text, read_only) => {
    const row = form("volumes").read(text);
    expect(row).toMatchObject({ read_only });
    expect(form("volumes").write(row ?? {})).toBe(text);
  });

  it("data alone is none", () => {
    expect(form("volumes").read("data")).toBeUndefined();
    expect(form("volumes").read("a:/b:rx")).toBeUndefined();
  });
});
