/** What an agency's link leads to: a transaction, and the secret that shows it (docs/FORMATS.md, "Link"). */
export type PreparedLink = { readonly id: string; readonly secret: string };

const LINK = /^#([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

export function readLink(hash: string): PreparedLink | undefined {
  const [, id, secret] = LINK.exec(hash) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
