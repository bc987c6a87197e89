import { onDemand } from "../fault/on-demand.ts";

const part = onDemand(() => import("./words.ts"));

/** `#words` in a page: the catalogue, which the page itself reads from, is a part of its own. */
export const words: typeof import("./words.ts").words = () => part().words();
