/** Files that are checked at a time (ux.md): a clerk's morning. Each is read into memory alone. */
export const MOST_FILES = 50;
