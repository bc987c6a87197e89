/** Why another judge says something else about some files. Each was looked into; a new disagreement needs a new line here. */
export const REASONS: readonly { readonly judge: string; readonly file: RegExp; readonly reason: string }[] = [
  {
    judge: "EU DSS",
    file: /^(annot|cert-p2-annot|content|content-lta|mediabox|script|form-p1-fill|form-lock-fill|append-object)/,
    reason: "Its default policy reports changes behind a signature beside the indication, which stays TOTAL_PASSED.",
  },
  {
    judge: "EU DSS",
    file: /^(bb-plain|webserver|rogue)/,
    reason: "Its default policy demands the status of a certificate that names no source of it; ours warns.",
  },
  { judge: "EU DSS", file: /^ed25519/, reason: "Its default list of algorithms has no Ed25519 with SHA-512." },
  {
    judge: "pyHanko",
    file: /^webserver/,
    reason: "It demands nonRepudiation unless told otherwise; ours takes digitalSignature as well.",
  },
  {
    judge: "pyHanko",
    file: /^cert-p3-annot/,
    reason: "Its rules for changes never allow annotations; DocMDP 3 does (ISO 32000-2 table 257).",
  },
  {
    judge: "pyHanko",
    file: /^bt-rogue-tsa/,
    reason: "A timestamp by a stranger makes it refuse the signature; ours says that the time is only claimed.",
  },
  {
    judge: "pyHanko",
    file: /^(blt|blta at|lta-then-sign)/,
    reason:
      "It wants status material issued after the proven time, or a signing time for the last signature; EU DSS and ours take what was in force then.",
  },
  {
    judge: "pyHanko",
    file: /^adbe-archival/,
    reason: "Its ordinary validation does not read Adobe's archival attribute without being asked to.",
  },
  {
    judge: "pyHanko",
    file: /^append-object/,
    reason: "Objects behind the last end mark belong to no save; it says nothing about them.",
  },
  { judge: "pdfsig", file: /^ed25519/, reason: "Its library (NSS) has no Ed25519." },
  {
    judge: "pdfsig",
    file: /^(range-|contents-|append-)/,
    reason: "It looks at the octets in the ranges only, not at what they leave out.",
  },
];
