import { onDemand } from "../fault/on-demand.ts";

type Sources = typeof import("./sources.ts");

const part = onDemand((): Promise<Sources> => import("./sources.ts"));

/** `#revocation` in a page: comes with the first CRL or OCSP response. */
export const parseCrl: Sources["parseCrl"] = (...rest) => part().parseCrl(...rest);
export const verifyCrl: Sources["verifyCrl"] = (...rest) => part().verifyCrl(...rest);
export const basicResponseIn: Sources["basicResponseIn"] = (...rest) => part().basicResponseIn(...rest);
export const verifyOcsp: Sources["verifyOcsp"] = (...rest) => part().verifyOcsp(...rest);
