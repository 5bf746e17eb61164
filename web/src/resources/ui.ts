/** What is special about a resource type on screen; everything it leaves out is derived from the declarations. */
import type { ComponentType, ReactNode } from "react";
import type { Activity, Resource } from "~/api/types";
import type { Preset } from "~/kit/action/place";
import type { Column } from "~/kit/list/column";
import type { GroupBy } from "~/kit/list/groups";
import type { Pictured } from "~/kit/list/props";
import type { Run } from "~/kit/runs";
import type { Standing, Tone } from "~/kit/State";

/** All a state is worked out from: the resource, what is open on it, how its last actions ended. */
export interface Known<R extends Resource = Resource> {
  resource: R;
  /** Queued and running activities on it, oldest first. */
  open: Activity[];
  /** Its last ended actions, oldest first. */
  runs: Run[];
}

/** Something wrong, for the overview: worst first. */
export interface Trouble {
  /** Stable, so that the row keeps its place. */
  id: string;
  tone: Tone;
  word: string;
  type: string;
  resource: Resource;
  /** Where and why, beside and under the name. */
  where?: string;
  cause: string;
  /** `cause` is something a machine wrote. */
  verbatim?: boolean;
  since?: string | null;
  /** All still works: a figure says that it will not for long. */
  looms?: boolean;
  evidence?: ReactNode;
  /** The alert that says the same, and who has said that he has seen it. */
  alert?: { id: string; acknowledgedBy: string };
  /** Operations that may help, and links. */
  steps: TroubleStep[];
}

export type TroubleStep =
  | { kind: "run"; operation: string }
  | { kind: "open"; label: string; to: string }
  | { kind: "watch"; activity: string };

export interface Tab {
  id: string;
  label: string;
  /** A number beside the label. */
  count?: (resource: Resource) => number | undefined;
  /** The same where the resource alone does not say it (how many others refer to it). */
  Count?: ComponentType<{ resource: Resource }>;
  /** Shown only where this says so (rights). */
  offered?: (resource: Resource) => boolean;
  View: ComponentType<{ resource: Resource }>;
}

export interface FieldProps {
  value: unknown;
  onChange(value: unknown): void;
  /** The name under which errors of this field come: `config.environment`. */
  path: string;
  label: string;
  help: string;
  error: string | undefined;
  disabled: boolean;
}

/** What a view of a field is given where it may only be read. */
export interface ReadProps {
  value: unknown;
  label: string;
}

/** What stands beside a field of the form: what its value means, as far as it is known. */
export interface NoteProps {
  value: unknown;
}

/** A picture of a list; `groupBy` where it is divided by tags. */
export interface PictureProps extends Pictured<Known> {
  groupBy: GroupBy<Known> | undefined;
}

export interface ResourceUi {
  type: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** State in one word; by default from `status.state`, else from the last run. */
  standing?: (known: Known) => Standing;
  /** Columns of its list; by default those the type declares. */
  columns?: readonly Column<Known>[];
  /** Filter chips beside tag and state. */
  chips?: readonly { id: string; label: string; matches(known: Known): boolean }[];
  /** Another way to look at the list: every row at a glance. */
  picture?: { id: string; label: string; View: ComponentType<PictureProps> };
  /** What the chosen rows of the list can be seen side by side as: at most so many. */
  together?: { label: string; most: number; to(names: readonly string[]): string };
  /** One line of facts under the name on its page. */
  facts?: (known: Known) => ReactNode;
  /** Beside the derived ones (config, activity, permissions); one with the same id replaces it. */
  tabs?: readonly Tab[];
  /** What the config of a new one begins with, beside what the type says. */
  begin?: Readonly<Record<string, unknown>>;
  /** Fields of the form that have a view of their own, by config field. */
  fields?: Record<string, ComponentType<FieldProps>>;
  /** The same for who may only read the config. */
  reads?: Record<string, ComponentType<ReadProps>>;
  /** What is said below a field of the form, by config field. */
  notes?: Record<string, ComponentType<NoteProps>>;
  /** Fields of numbers, also in lists, whose unit follows from the rest of the config. */
  units?: {
    fields: readonly string[];
    of(config: Readonly<Record<string, unknown>>, schema: unknown): string;
  };
  /** Above its form: what the config would do, as it is typed. */
  Preview?: ComponentType<{ config: Readonly<Record<string, unknown>> }>;
  /** The page whose tabs lead to its list; without one it has a place of its own in the navigation. */
  under?: string;
  /** Above its list: what goes on with all of them. */
  Above?: ComponentType;
  /** Operations in the menu of the large button of its page: other ways to the same, and what prepares it. */
  beside?: readonly string[];
  /** The same with something said already, before those. */
  presets?: readonly Preset[];
  /** What makes a saved config take effect: offered once it is saved. */
  apply?: { operation: string; label: string };
  troubles?: (known: Known) => Trouble[];
  /** On the button that makes one; "New deployment" and the like by default. */
  create?: string;
  /** What an empty list says: the first step. */
  empty: { title: string; text: string };
}
