import type { Both } from "./report.ts";

/** How it was known who signed, beside what the certificate says. Vietnamese first, then English; NFC. `{issuer}` and `{level}` are filled in. */
const IDENTIFIED = {
  login: {
    vi: "Danh tính: đăng nhập tại {issuer} để ký, mức tin cậy {level}.",
    en: "Identity: logged in at {issuer} to sign, level of assurance {level}.",
  },
  passkey: {
    vi: "Danh tính: khoá đăng nhập (passkey) đã ghi danh sau khi đăng nhập tại {issuer}, mức tin cậy {level}.",
    en: "Identity: a passkey, enrolled after a login at {issuer}, level of assurance {level}.",
  },
} as const satisfies Record<string, Both>;

const LEVELS = {
  low: { vi: "thấp", en: "low" },
  substantial: { vi: "đáng kể", en: "substantial" },
  high: { vi: "cao", en: "high" },
} as const satisfies Record<string, Both>;

/** As `Identified` of lib/service/standing.ts. */
type How = { readonly method: keyof typeof IDENTIFIED; readonly issuer: string; readonly level: keyof typeof LEVELS };

/** The whole sentence. The provider is named by its host: what people see in the address bar when they log in there. */
export function identifiedWords({ method, issuer, level }: How): Both {
  const host = URL.canParse(issuer) ? new URL(issuer).host : issuer;
  const fill = (language: keyof Both): string =>
    IDENTIFIED[method][language].replace("{level}", LEVELS[level][language]).replace("{issuer}", () => host);
  return { vi: fill("vi"), en: fill("en") };
}
