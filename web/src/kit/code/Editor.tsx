/** Editor: CodeMirror, kept in step with a value; Tab indents, and Escape before it lets Tab leave. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { StreamLanguage } from "@codemirror/language";
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { useEffect, useId, useRef } from "react";
import classes from "./Code.module.css";
import type { CodeProps } from "./CodeArea";
import { LOOK, ROOM } from "./look";

const LANGUAGES = { dockerfile: StreamLanguage.define(dockerFile) };

export function Editor(props: CodeProps): React.ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const told = useRef(props);
  told.current = props;
  const named = useRef(new Compartment());
  const keys = useId();
  const writes = props.onChange !== undefined;
  const attributes = attributesOf(props, keys);
  const said = JSON.stringify(attributes);

  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: told.current.value,
        extensions: [
          ...common(told.current),
          named.current.of(EditorView.contentAttributes.of(attributesOf(told.current, keys))),
          ...(writes ? writing(told) : reading),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [writes, keys]);

  useEffect(() => {
    const given = JSON.parse(said) as Record<string, string>;
    view.current?.dispatch({ effects: named.current.reconfigure(EditorView.contentAttributes.of(given)) });
  }, [said]);

  // What came from elsewhere (undo of the form, another person's save) replaces the text.
  useEffect(() => {
    const shown = view.current?.state.doc.toString();
    if (view.current && shown !== props.value) {
      view.current.dispatch({ changes: { from: 0, to: shown?.length ?? 0, insert: props.value } });
    }
  }, [props.value]);

  return (
    <>
      <div ref={place} />
      {writes && (
        <p id={keys} className={classes.keys}>
          Tab indents; Esc, then Tab, leaves the editor.
        </p>
      )}
    </>
  );
}

type Told = React.RefObject<CodeProps>;

function common(props: CodeProps): Extension[] {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  return [
    EditorView.cspNonce.of(nonce),
    lineNumbers(),
    EditorView.lineWrapping,
    LANGUAGES[props.language],
    LOOK,
  ];
}

const reading: Extension[] = [EditorState.readOnly.of(true), EditorView.editable.of(false)];

function writing(told: Told): Extension[] {
  return [
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    ROOM,
    placeholder(told.current.placeholder ?? ""),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) {
        const text = update.state.doc.toString();
        if (text !== told.current.value) told.current.onChange?.(text);
      }
      if (update.focusChanged && !update.view.hasFocus) told.current.onBlur?.();
    }),
  ];
}

function attributesOf(props: CodeProps, keys: string): Record<string, string> {
  const writes = props.onChange !== undefined;
  const described = [props.describedBy, writes && keys].filter(Boolean).join(" ");
  return {
    ...(props.id && { id: props.id }),
    ...(props.label && { "aria-label": props.label }),
    ...(props.labelledBy && { "aria-labelledby": props.labelledBy }),
    ...(described && { "aria-describedby": described }),
    ...(props.wrong && { "aria-invalid": "true" }),
    ...(writes ? { "aria-multiline": "true" } : { tabindex: "0", "aria-readonly": "true" }),
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
  };
}
