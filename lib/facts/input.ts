import type { TrustAnchor } from "../trust/anchor.ts";

/** What facts are gathered with besides the file. Octets that cannot be read are passed over. */
export type GatherInput = {
  /** The only ones; a file never brings any. One certificate stands among them once. */
  readonly anchors: readonly TrustAnchor[];
  /** Each DER: certificates, CRLs and OCSP responses (whole, or the BasicOCSPResponse alone) that somebody has at hand. */
  readonly certificates?: readonly Uint8Array[];
  readonly crls?: readonly Uint8Array[];
  readonly ocsps?: readonly Uint8Array[];
  /** The same, of those who were asked because of this file. */
  readonly fetched?: {
    readonly certificates?: readonly Uint8Array[];
    readonly crls?: readonly Uint8Array[];
    readonly ocsps?: readonly Uint8Array[];
  };
};
