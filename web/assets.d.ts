/** Addresses that are known when the site is bundled (bin/web-bundling.ts): each holds a hash of what it leads to. */
declare module "web:assets" {
  /** Module workers by the name of their file in web/workers. */
  export const WORKERS: Readonly<Record<string, string>>;
  /** The TrueType files that stamps are drawn with. */
  export const FONTS: { readonly regular: string; readonly bold: string };
}
