/** PaletteBody: the field, what it finds, and the keys; there only while the palette is open. */
import { IconSearch, IconX } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTypes } from "~/api/hooks";
import { blockedNow } from "./blocked";
import { Foot } from "./Foot";
import { find, type SectionId } from "./find";
import { type Line, moved, shownOf } from "./lines";
import { wordsOf } from "./match";
import classes from "./Palette.module.css";
import { activityPlaces } from "./places";
import { Results } from "./Results";
import { readUsed } from "./recent";
import { placeOfPage, resolved } from "./resolve";
import { typed } from "./typed";
import { useChoose } from "./useChoose";
import { useIndex } from "./useIndex";

const NOTHING_OPENED: ReadonlySet<SectionId> = new Set();

export function PaletteBody({ close }: { close: () => void }): React.ReactNode {
  const id = useId();
  const types = useTypes();
  const { pathname } = useRouter().state.location;
  const known = useIndex();
  const { index } = known;
  const [text, setText] = useState("");
  /** Key of the place whose actions alone are shown. */
  const [onKey, setOnKey] = useState<string>();
  const [opened, setOpened] = useState(NOTHING_OPENED);
  const [active, setActive] = useState<string>();
  const [used] = useState(readUsed);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [before] = useState(() => document.activeElement);
  const chose = useRef(false);
  const choose = useChoose(() => {
    chose.current = true;
    close();
  });

  const { query, actionsOnly } = typed(text);
  const recent = useMemo(() => resolved(used, index, types, pathname), [used, index, types, pathname]);
  const on = useMemo(() => index.places.find(({ key }) => key === onKey), [index, onKey]);
  const here = useMemo(() => placeOfPage(pathname, index.places), [pathname, index]);
  const shown = useMemo(() => {
    const byId = on || actionsOnly ? [] : activityPlaces(query, known.activities.values(), types);
    const all = byId.length > 0 ? { ...index, places: [...byId, ...index.places] } : index;
    return shownOf(
      find(all, { query, actionsOnly, on, here }, recent),
      opened,
      blockedNow(types, known.open),
    );
  }, [known, index, types, query, actionsOnly, on, here, recent, opened]);
  const words = useMemo(() => wordsOf(query), [query]);
  const current = shown.lines.find(({ key }) => key === active) ?? shown.lines[0];

  const reset = (next: string, place: string | undefined) => {
    setText(next);
    setOnKey(place);
    setOpened(NOTHING_OPENED);
    setActive(undefined);
    list.current?.scrollTo(0, 0);
  };
  const leaveScope = () => reset("", undefined);
  const pick = (line: Line | undefined, newTab: boolean) => {
    if (!line) return;
    if ("entry" in line) choose(line.entry, newTab);
    else setOpened(new Set([...opened, line.section]));
  };
  const scope = () => {
    const place = current && "entry" in current ? current.entry : undefined;
    if (place?.target && !place.operation) reset("", `${place.target.type}:${place.target.resource.id}`);
  };

  useLayoutEffect(() => {
    field.current?.focus();
    return () => {
      // What was chosen takes the focus; when nothing was, it goes back to where it came from.
      if (!chose.current && before instanceof HTMLElement) setTimeout(() => before.focus());
    };
  }, [before]);

  useEffect(() => {
    if (active) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active, id]);

  const pressed = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by !== undefined) setActive(moved(shown.lines, current?.key, by));
    else if (event.key === "Enter") pick(current, event.ctrlKey || event.metaKey);
    else if (event.key === "Tab" && !event.shiftKey) scope();
    else if (event.key === "Escape" && !onKey) close();
    else if (onKey && (event.key === "Escape" || (event.key === "Backspace" && text === ""))) leaveScope();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the field in it
    <div className={classes.body} onKeyDown={pressed}>
      <div className={classes.field}>
        <IconSearch size={18} stroke={1.5} aria-hidden="true" />
        {on && (
          <span className={`${classes.on} cut`} title={on.text.shown}>
            {on.text.shown}
          </span>
        )}
        <input
          ref={field}
          data-autofocus
          role="combobox"
          aria-expanded={shown.lines.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? `${id}-${current.key}` : undefined}
          aria-autocomplete="list"
          aria-label={on ? `Actions on ${on.text.shown}` : "Search or run"}
          placeholder={on ? "What to do" : "Search or run…"}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          value={text}
          onChange={(event) => reset(event.currentTarget.value, onKey)}
        />
        <button type="button" className={classes.close} onClick={close}>
          <span className="unseen">Close </span>
          <kbd>Esc</kbd>
          <IconX size={18} stroke={1.5} aria-hidden="true" />
        </button>
      </div>
      <div ref={list} className={classes.results}>
        <Results
          id={id}
          shown={shown}
          words={words}
          current={current?.key}
          known={known}
          point={setActive}
          pick={pick}
        />
        {shown.lines.length === 0 && <p className={classes.nothing}>{nothing(query, on !== undefined)}</p>}
      </div>
      <Foot current={current} shown={shown} scoped={on !== undefined} />
    </div>
  );
}

function nothing(query: string, scoped: boolean): string {
  if (scoped)
    return query ? `Nothing called “${query.trim()}” can be done with it.` : "Nothing can be done with it.";
  return `Nothing is called “${query.trim()}”. A name, a server, an image, an id, or what to do: “restart api”.`;
}
