import { onDemand } from "../fault/on-demand.ts";
import { catalogOf } from "../pdf/pages.ts";

const part = onDemand(() => import("./dss.ts"));

/** `#dss` in a page: comes with the first file that has one. */
export const readDss: typeof import("./dss.ts").readDss = (doc) =>
  catalogOf(doc).dict.has("DSS") ? part().readDss(doc) : undefined;
