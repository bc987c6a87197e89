/** The rooms of lib, lowest first. A room may import itself and any room on an earlier line, and nothing else. */
export const FLOORS: readonly (readonly string[])[] = [
  ["bytes"],
  ["text"],
  ["fault"],
  ["asn1", "json", "merkle"],
  ["pdf"],
  ["crypto"],
  ["x509", "note", "ports"],
  ["cms"],
  ["tsp"],
  ["path", "revocation", "trust"],
  ["pades", "identity", "draw", "assist", "photos"],
  ["stamp"],
  ["facts"],
  ["validate"],
  ["verify"],
  ["report"],
  ["service"],
  // Side by side and blind to each other: only bin, functions and tests may put them together.
  ["aws", "local", "oidc", "webauthn", "notices", "api"],
  ["stack"],
];
