import { hmacSha256 } from "#crypto";
import { fromBase64, toBase64 } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/bytes.ts";
import type { Clock } from "../ports/ports.ts";
import type { Notice, Notifier } from "../service/notifier.ts";

/** Milliseconds. A person waits behind it: what takes longer is given up, and stays in the history. */
const TIMEOUT_MS = 1_500;
/** In front of a secret, as Standard Webhooks writes it; what follows is base64. */
const PREFIX = "whsec_";
/** Octets of a secret (Standard Webhooks, "Symmetric": 24 to 64). */
const SECRET = { least: 24, most: 64 };

export type WebhookOptions = {
  readonly url: string;
  /** @returns `whsec_…`; undefined where there is none, and then nothing is sent */
  readonly secret: () => Promise<string | undefined>;
  readonly clock: Clock;
};

/**
 * Sends each notice to one address of the operator, signed (standardwebhooks.com, version 1): `webhook-id`, `webhook-timestamp`
 * (seconds), and `webhook-signature`, `v1,` with base64 of HMAC-SHA-256 over id, timestamp and body with full stops between.
 *
 * The body says that something happened to a pseudonym and what kind of thing; whoever receives it knows whom the pseudonym is. It is
 * sent once: a redirect, an answer other than 2xx and silence are failures.
 *
 * @throws TypeError an address that is neither https nor on this machine, or has a name and password in it
 */
export function webhookNotifier({ url, secret, clock }: WebhookOptions): Notifier {
  const target = checkedUrl(url);
  return {
    async notify(notice) {
      const key = keyOf(await secret());
      const body = JSON.stringify(payloadOf(notice));
      const timestamp = String(Math.floor(clock() / 1000));
      const mac = hmacSha256(key, fromUtf8(`${notice.id}.${timestamp}.${body}`));
      const response = await fetch(target, {
        method: "POST",
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          "content-type": "application/json",
          "webhook-id": notice.id,
          "webhook-timestamp": timestamp,
          "webhook-signature": `v1,${toBase64(mac)}`,
        },
        body,
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the receiver of notices answered ${response.status}`);
    },
  };
}

/** What travels: docs/FORMATS.md, "Notice". */
export function payloadOf({ at, kind, subject }: Notice) {
  return { type: `activity.${kind}`, timestamp: new Date(at).toISOString(), data: { subject } };
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const here = url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url === undefined || !(url.protocol === "https:" || here) || url.username !== "" || url.password !== "")
    throw new TypeError("MOTLAN_NOTICE_URL must be an https address without a password in it");
  return url.href;
}

/** @throws Error no secret, or not one as Standard Webhooks has them; nothing is sent unsigned */
function keyOf(secret: string | undefined): Uint8Array {
  const text = secret?.trim() ?? "";
  const key = text.startsWith(PREFIX) ? fromBase64(text.slice(PREFIX.length)) : undefined;
  if (key === undefined || key.length < SECRET.least || key.length > SECRET.most)
    throw new Error("the secret of the webhook is not whsec_ and base64 of 24 to 64 octets");
  return key;
}
