/** Params: what an operation is told beside its target. */
export type Params = Record<string, unknown>;
