/** CompletingText: a text of NAME=value lines; while a name is typed, those known elsewhere are offered below. */
import { Textarea, type TextareaProps } from "@mantine/core";
import { type KeyboardEvent, type RefObject, useId, useState } from "react";
import classes from "./Completing.module.css";
import { completed, nameAt, offered } from "./completion";

export function CompletingText({
  known,
  value,
  onText,
  area,
  ...more
}: Omit<TextareaProps, "value" | "onChange"> & {
  known: readonly string[];
  value: string;
  onText(text: string): void;
  area: RefObject<HTMLTextAreaElement | null>;
}): React.ReactNode {
  const id = useId();
  const [caret, setCaret] = useState<number>();
  const [chosen, setChosen] = useState(0);
  const typed = caret === undefined ? undefined : nameAt(value, caret);
  const names = typed ? offered(known, typed.typed, value) : [];
  const at = Math.min(chosen, names.length - 1);

  const accept = (name: string) => {
    const next = completed(value, caret ?? value.length, name);
    onText(next.text);
    setCaret(undefined);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const name = names[at];
    if (name === undefined || event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      setChosen((at + step + names.length) % names.length);
    } else if (event.key === "Tab" && !event.shiftKey) accept(name);
    else if (event.key === "Escape") setCaret(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.completing}>
      <Textarea
        {...more}
        ref={area}
        value={value}
        onChange={(event) => {
          setChosen(0);
          setCaret(event.currentTarget.selectionStart);
          onText(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          setCaret(undefined);
          more.onBlur?.(event);
        }}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-autocomplete="list"
        aria-controls={names.length > 0 ? id : undefined}
        aria-activedescendant={names.length > 0 ? `${id}-${at}` : undefined}
      />
      {names.length > 0 && (
        <div id={id} className={classes.offers} role="listbox" aria-label="Names used elsewhere">
          {names.map((name, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text's own keys choose
            <div
              key={name}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={classes.offer}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => accept(name)}
            >
              {name}
            </div>
          ))}
          <span className={classes.keys}>Tab takes it</span>
        </div>
      )}
    </div>
  );
}
