import { onDemand } from "../fault/on-demand.ts";

type Filters = typeof import("./old-filters.ts");

const part = onDemand((): Promise<Filters> => import("./old-filters.ts"));

/** `#old-filters` in a page: come with the first stream that has one. */
export const unascii85: Filters["unascii85"] = (...rest) => part().unascii85(...rest);
export const unhex: Filters["unhex"] = (...rest) => part().unhex(...rest);
export const unlzw: Filters["unlzw"] = (...rest) => part().unlzw(...rest);
