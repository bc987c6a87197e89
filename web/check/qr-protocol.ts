/** What the worker finds in a picture; `failed` where this device cannot read codes at all. */
export type QrTold = { readonly texts: readonly string[] | "failed" };
