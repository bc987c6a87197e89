/** `error` decides against, `warning` must be read, `info` explains. */
export type FindingText = { readonly severity: "error" | "warning" | "info"; readonly vi: string; readonly en: string };
