import { describe, expect, it } from "vitest";
import { isFree, PAGES, Sequence } from "./keys";

describe("Sequence", () => {
  it("goes to a page with g and its letter", () => {
    const keys = new Sequence();
    expect(keys.take("g", 0)).toBe("wait");
    expect(keys.take("d", 300)).toEqual(PAGES.d);
  });

  it("forgets g after a while, and after another key", () => {
    const keys = new Sequence();
    keys.take("g", 0);
    expect(keys.take("d", 2000)).toBeUndefined();
    keys.take("g", 3000);
    expect(keys.take("x", 3100)).toBeUndefined();
    expect(keys.take("d", 3200)).toBeUndefined();
  });

  it("shows all keys with ?", () => {
    expect(new Sequence().take("?", 0)).toBe("sheet");
  });
});

describe("isFree", () => {
  const pressed = (html: string, init: KeyboardEventInit = {}) => {
    document.body.innerHTML = html;
    const target = document.querySelector("[data-here]") ?? document.body;
    let free: boolean | undefined;
    target.addEventListener("keydown", (event) => {
      free = isFree(event as KeyboardEvent);
    });
    target.dispatchEvent(new KeyboardEvent("keydown", { key: "g", bubbles: true, ...init }));
    return free;
  };

  it("is so on the page and on its buttons", () => {
    expect([pressed("<p data-here>"), pressed("<button data-here>")]).toEqual([true, true]);
    expect(pressed("<input type=checkbox data-here>")).toBe(true);
  });

  it("is not while somebody types, holds Ctrl, or is in a dialog or menu", () => {
    expect(pressed("<input data-here>")).toBe(false);
    expect(pressed("<div contenteditable><b data-here></b></div>")).toBe(false);
    expect(pressed("<div role=dialog aria-modal=true><button data-here></div>")).toBe(false);
    expect(pressed("<div role=menu><button data-here></div>")).toBe(false);
    expect(pressed("<p data-here>", { ctrlKey: true })).toBe(false);
  });
});
