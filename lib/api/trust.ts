import { digest } from "#crypto";
import { toBase64 } from "../bytes/base64.ts";
import { toHex } from "../bytes/hex.ts";
import { Fault } from "../fault/fault.ts";
import type { DocumentHosts } from "../service/document-hosts.ts";
import type { LegalLabel } from "../service/legal-label.ts";
import type { LoginProvider } from "../service/login-provider.ts";
import { relyingPartyOf } from "../service/passkey.ts";
import type { Pki } from "../service/pki.ts";
import { PKI_PAGES } from "../text/pki-pages.ts";
import type { TrustAnchor } from "../trust/anchor.ts";
import { describeAnchor } from "../trust/describe.ts";
import type { Certificate } from "../x509/certificate.ts";
import { formatName } from "../x509/name.ts";
import type { AppDeps, Handlers } from "./app.ts";
import { ROUTES } from "./routes.ts";

export type TrustPorts = {
  readonly pki: () => Promise<Pki>;
  readonly anchors: () => Promise<readonly TrustAnchor[]>;
  readonly providers: readonly LoginProvider[];
  /** The public native client for the command line, per provider (RFC 8252), where there is one. */
  readonly nativeClientIds: readonly (string | undefined)[];
  /** What people know each provider by, where the operator says so. */
  readonly providerNames: readonly (string | undefined)[];
  /** Where documents may be fetched from and people sent back to; pages and their policy are made of it. */
  readonly hosts: DocumentHosts;
  /** What pages say of signatures in law; nothing where the operator says nothing. */
  readonly legal: LegalLabel | undefined;
};

/** Certificates change only when an operator makes new ones; caches may keep them for an hour. */
const CACHE = "public, max-age=3600";

export function trustHandlers(ports: TrustPorts, deps: AppDeps): Handlers {
  return {
    async "service.describe"({ context }) {
      const pki = await ports.pki();
      const { signatureClass, demo } = pki;
      const { rpId } = relyingPartyOf(deps.publicUrl);
      return context.json({
        name: "Ký Một Lần",
        url: deps.publicUrl,
        signatureClass,
        demo,
        legalLevelLabel: ports.legal ?? null,
        verificationLimit: verificationLimit(deps),
        documentOrigins: ports.hosts.origins,
        // Browsers know no passkeys of an address in numbers (WebAuthn Level 2 §5.1.3).
        passkeys: /[a-z]/.test(rpId) && !rpId.startsWith("[") ? { rpId } : null,
        providers: ports.providers.map(({ issuer, clientId }, index) => ({
          issuer,
          clientId,
          nativeClientId: ports.nativeClientIds[index] ?? null,
          name: ports.providerNames[index] ?? new URL(issuer).host,
        })),
        certificates: Object.entries(files(pki)).map(([file, certificate]) => ({
          url: `${deps.publicUrl}/pki/${file}`,
          subject: formatName(certificate.subject),
          notBefore: new Date(certificate.notBefore).toISOString(),
          notAfter: new Date(certificate.notAfter).toISOString(),
          sha256: toHex(digest("SHA-256", certificate.raw)),
        })),
      });
    },
    async "trust.list"({ context }) {
      // With the certificates: a page that verifies on its own trusts whom the service trusts.
      const anchors = (await ports.anchors()).map((anchor) => ({
        ...describeAnchor(anchor),
        certificate: toBase64(anchor.certificate.raw),
      }));
      return context.json({ anchors }, 200, { "cache-control": CACHE });
    },
    async "pki.file"({ parameter }) {
      const name = parameter("file");
      if (Object.hasOwn(PKI_PAGES, name)) return textPage(PKI_PAGES[name as keyof typeof PKI_PAGES]);
      const all = files(await ports.pki());
      const certificate = Object.hasOwn(all, name) ? all[name] : undefined;
      if (certificate === undefined) throw new Fault("not_found", "there is no such file");
      // RFC 2585 §4.1: the type of a single DER certificate.
      return new Response(certificate.raw.slice(), {
        headers: { "content-type": "application/pkix-cert", "cache-control": CACHE },
      });
    },
  };
}

/** Octets of the largest file that may be sent to be verified: said before somebody sends a larger one. */
function verificationLimit({ bodyLimits }: AppDeps): number {
  const route = ROUTES.find(({ id }) => id === "verification.create");
  return bodyLimits?.["verification.create"] ?? route?.bodyLimit ?? 0;
}

function files(pki: Pki): Record<string, Certificate> {
  const { root, issuingCa, tsa, ocsp, report } = pki;
  return {
    ...{ "root.cer": root, "issuing-ca.cer": issuingCa, "tsa.cer": tsa, "ocsp.cer": ocsp },
    ...(report === undefined ? {} : { "report.cer": report }),
  };
}

function textPage(text: { readonly vi: string; readonly en: string }): Response {
  return new Response(`${text.vi}\n\n${text.en}\n`, {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": CACHE },
  });
}
