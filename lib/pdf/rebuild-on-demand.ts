import { onDemand } from "../fault/on-demand.ts";

const part = onDemand(() => import("./rebuild.ts"));

/** `#rebuild` in a page: comes with the first damaged file. */
export const rebuild: typeof import("./rebuild.ts").rebuild = (...rest) => part().rebuild(...rest);
export const withContainers: typeof import("./rebuild.ts").withContainers = (...rest) => part().withContainers(...rest);
