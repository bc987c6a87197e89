import { onDemand } from "../../fault/on-demand.ts";

const part = onDemand(() => import("./changes.ts"));

/** `#changes` in a page: most signatures cover all there is, and then there is nothing to compare. */
export const changesSince: typeof import("./changes.ts").changesSince = (doc, covered) =>
  covered.coversWholeFile ? { result: "none", items: [] } : part().changesSince(doc, covered);
