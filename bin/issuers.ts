import { readFileSync } from "node:fs";
import { loginProviders } from "../lib/oidc/login-ports.ts";

/** What the stack deploys where no file is named: it can be synthesised, and nobody can log in with it. */
export const EXAMPLE_ISSUERS = "docs/issuers.example.json";

/** Octets. All variables of a Lambda function share 4 KiB; the others take a few hundred. */
const LIMIT = 3000;

/**
 * The accepted identity providers, checked as the functions will check them: a mistake stops here, not at the first log-in.
 *
 * @returns JSON without white space, for `MOTLAN_ISSUERS`
 * @throws TypeError says which member is wrong; RangeError the configuration does not fit
 */
export function issuersFrom(file: string): string {
  const json = JSON.stringify(JSON.parse(readFileSync(file, "utf8")));
  loginProviders(json, Date.now);
  const octets = new TextEncoder().encode(json).length;
  if (octets > LIMIT) throw new RangeError(`${file}: ${octets} octets of providers do not fit into ${LIMIT}`);
  return json;
}
