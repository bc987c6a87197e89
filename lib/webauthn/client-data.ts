import { fromBase64Url } from "../bytes/base64.ts";
import { toUtf8 } from "../bytes/bytes.ts";
import { Fault } from "../fault/fault.ts";
import { parseJson } from "../json/strict-parse.ts";

/**
 * Refuses what was made inside a frame of another site (WebAuthn Level 3 §5.8.1 `crossOrigin`, `topOrigin`): there a person does not see
 * whose page asks. The library lets `crossOrigin` alone pass, since browsers differ in `topOrigin`.
 *
 * @param clientDataJSON base64url
 * @throws Fault `passkey_refused`
 */
export function refuseForeignFrame(clientDataJSON: string): void {
  const octets = fromBase64Url(clientDataJSON);
  const text = octets === undefined ? undefined : toUtf8(octets);
  const data = text === undefined ? undefined : read(text);
  if (typeof data !== "object" || data === null) throw new Fault("passkey_refused", "clientDataJSON cannot be read");
  const { crossOrigin, topOrigin } = data as { readonly crossOrigin?: unknown; readonly topOrigin?: unknown };
  if ((crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined)
    throw new Fault("passkey_refused", "the response was made inside a frame of another site");
}

/** Member names are unique, so that no two readers see two different challenges. */
function read(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new Fault("passkey_refused", "clientDataJSON is not JSON with unique member names", { cause });
  }
}
