/** Scope: what every control of a form may ask: its error, what is stored, names of ids, whom to tell of a blur. */
import { createContext, useContext, useEffect, useMemo } from "react";
import { idOf } from "./path";

export interface Scope {
  /** Name of the resource type. */
  type: string;
  /** Errors to show, by path. */
  errors: ReadonlyMap<string, string>;
  /** The control at this path was left. */
  blurred(path: string): void;
  /** What is typed at this path is no value (yet), and why; undefined once it is one. */
  report(path: string, message: string | undefined): void;
  /** Names of ids the viewer may know. */
  names: Readonly<Record<string, string>>;
  /** What core holds there now; undefined where nothing is stored. */
  stored(path: string): unknown;
  /** Whether core holds a secret at this place. */
  keeps(path: string): boolean;
  /** Id of the server the form's values choose, or nothing. */
  server: string;
  /** The control asked to show itself, because its value is wrong. */
  reveal: { path: string; at: number } | undefined;
}

const NONE: Scope = {
  type: "",
  errors: new Map(),
  blurred: () => {},
  report: () => {},
  names: {},
  stored: () => undefined,
  keeps: () => false,
  server: "",
  reveal: undefined,
};

const ScopeContext = createContext<Scope>(NONE);

export const FormScope = ScopeContext.Provider;

export const useScope = (): Scope => useContext(ScopeContext);

export const labelId = (path: string): string => `${idOf(path)}-label`;
export const helpId = (path: string): string => `${idOf(path)}-help`;
export const errorId = (path: string): string => `${idOf(path)}-error`;

/** What one control shows and is called by; `help` where a help text stands beside it. */
export function useControl(path: string, help = false) {
  const { errors, blurred } = useScope();
  const error = errors.get(path);
  const described = [help && helpId(path), error && errorId(path)].filter(Boolean).join(" ") || undefined;
  return useMemo(
    () => ({
      error,
      /** For Mantine's inputs. */
      input: {
        id: idOf(path),
        error: error !== undefined,
        attributes: { input: { "aria-describedby": described } },
        onBlur: () => blurred(path),
      },
      described,
    }),
    [path, error, described, blurred],
  );
}

/** Tell the form while what is typed at a path is no value. */
export function useReport(path: string, message: string | undefined): void {
  const { report } = useScope();
  useEffect(() => {
    report(path, message);
    return () => report(path, undefined);
  }, [report, path, message]);
}
