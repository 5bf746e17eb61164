/** Names for the generated types, and the shape every resource shares. */
import type { components } from "./schema";

export type Schemas = components["schemas"];

export type Server = Schemas["Server"];
export type Build = Schemas["Build"];
export type Deployment = Schemas["Deployment"];
export type Activity = Schemas["Activity"];
export type Step = Schemas["Step"];
export type Container = Schemas["Container"];
export type User = Schemas["User"];
export type Me = Schemas["Me"];
export type Grant = Schemas["Grant"];
export type Key = Schemas["Key"];
export type Welcome = Schemas["Welcome"];
export type TypeInfo = Schemas["TypeInfo"];
export type OperationInfo = Schemas["OperationInfo"];
export type OutputLine = Schemas["OutputLine"];
export type LogBlock = Schemas["LogBlock"];

/** What every resource type has in common; `Server`, `Build` and `Deployment` are these with their own parts. */
export interface Resource {
  id: string;
  name: string;
  description: string;
  tags: string[];
  revision: number;
  created: string;
  updated: string;
  config: object;
  info: object;
  status: object;
  /** Fields of the config that hold a secret, which is shown as null as one that is not set is. */
  secrets?: string[];
  /** Names of the resources whose ids the config holds. */
  names: Record<string, string>;
  /** Operations the viewer may ask for. */
  can: string[];
  /** Those of them that cannot work right now, each with the reason. */
  not_now?: Record<string, string>;
  /** Of a change that was just made: what of it cannot work as things stand. */
  notes?: string[];
}

/** RFC 9457, as core answers every failure. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  hint?: string;
  errors?: { path: string; message: string }[];
  /** With 409 on an update: the resource as it is now. */
  current?: Resource;
  retry_after?: number;
}
