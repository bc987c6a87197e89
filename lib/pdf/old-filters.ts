/** Filters that few programs write any more, as `#old-filters`: a page loads them with the first file that has one. */
export { unascii85, unhex } from "./ascii-filters.ts";
export { unlzw } from "./lzw.ts";
