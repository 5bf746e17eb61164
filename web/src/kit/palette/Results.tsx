/** Results: what was found, in sections, as one list box; the field keeps the focus. */
import { memo } from "react";
import type { Entry } from "./entry";
import { Hint } from "./Hint";
import type { Line, Shown } from "./lines";
import type { Word } from "./match";
import classes from "./Palette.module.css";
import { cut } from "./pieces";
import type { Known } from "./useIndex";

export interface ResultsProps {
  id: string;
  shown: Shown;
  words: readonly Word[];
  current: string | undefined;
  known: Known;
  point(key: string): void;
  pick(line: Line, newTab: boolean): void;
}

export function Results({ id, shown, words, current, known, point, pick }: ResultsProps): React.ReactNode {
  return (
    <div role="listbox" id={`${id}-list`} aria-label="Results">
      {shown.sections.map(({ id: section, title, lines }) => (
        // biome-ignore lint/a11y/useSemanticElements: a list box holds groups, no fieldsets
        <div key={section} role="group" aria-label={title}>
          <div className={classes.section} aria-hidden="true">
            {title}
          </div>
          {lines.map((line) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field has the focus, aria-activedescendant says which
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
            <div
              key={line.key}
              role="option"
              id={`${id}-${line.key}`}
              className={classes.option}
              aria-selected={line.key === current}
              aria-disabled={("entry" in line && line.entry.not !== undefined) || undefined}
              // A list that moves under a resting pointer chooses nothing.
              onPointerMove={(event) =>
                (event.movementX || event.movementY) && line.key !== current && point(line.key)
              }
              onPointerDown={(event) => event.preventDefault()}
              onClick={(event) => pick(line, event.ctrlKey || event.metaKey)}
              onAuxClick={(event) => event.button === 1 && pick(line, true)}
            >
              {"entry" in line ? (
                <EntryLine
                  entry={line.entry}
                  words={words}
                  known={known}
                  active={line.key === current}
                  again={section === "recent"}
                />
              ) : (
                <>
                  <span />
                  <span className="faint">{line.more} more</span>
                </>
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

const EntryLine = memo(function EntryLine(props: {
  entry: Entry;
  words: readonly Word[];
  known: Known;
  active: boolean;
  again: boolean;
}): React.ReactNode {
  const { entry, words, known, active, again } = props;
  return (
    <>
      <entry.icon size={16} stroke={1.5} />
      <bdi className="cut" title={entry.text.shown}>
        {cut(entry.pieces, words, entry.text).map(({ text, faint, marked }, i) =>
          marked ? (
            <mark key={i} data-faint={faint || undefined}>
              {text}
            </mark>
          ) : (
            <span key={i} data-faint={faint || undefined}>
              {text}
            </span>
          ),
        )}
      </bdi>
      <span className={classes.hint}>
        <Hint entry={entry} known={known} again={again} />
        {active && entry.not === undefined && (
          <span aria-hidden="true">
            <kbd>↵</kbd>
          </span>
        )}
      </span>
    </>
  );
});
