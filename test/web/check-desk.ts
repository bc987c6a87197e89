import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { bundleSite } from "../../bin/web-bundling.ts";
import { SITE_PAGES, siteHeaders } from "../../lib/api/site.ts";
import { toBase64 } from "../../lib/bytes/base64.ts";
import type { TrustAnchor } from "../../lib/trust/anchor.ts";
import { describeAnchor } from "../../lib/trust/describe.ts";

/** What the service answers to a path under /v1; undefined is a 404. */
export type Answers = Readonly<Record<string, (request: IncomingMessage) => Answered | Promise<Answered>>>;
type Answered = { readonly status?: number; readonly body: unknown };

/** The pages, with a service behind them that trusts and says what a test wants. */
export type Desk = {
  readonly url: string;
  /** Paths under /v1 that were asked for, in order. */
  readonly asked: readonly string[];
  /** Whom the service trusts; the first is its own root. */
  trust: (anchors: readonly TrustAnchor[]) => void;
  /** What the operator says of its signatures in law. */
  legal: (label: { readonly vi: string; readonly en: string } | null) => void;
  /** Further answers, by the beginning of their path. */
  answers: (answers: Answers) => void;
  readonly close: () => Promise<void>;
};

export async function newDesk(): Promise<Desk> {
  const { files } = await bundleSite(
    undefined,
    SITE_PAGES.filter(({ name }) => name === "check"),
  );
  const asked: string[] = [];
  let anchors: readonly TrustAnchor[] = [];
  let legalLevelLabel: { readonly vi: string; readonly en: string } | null = null;
  let more: Answers = {};
  const described = () =>
    anchors.map((anchor) => ({ ...describeAnchor(anchor), certificate: toBase64(anchor.certificate.raw) }));
  const own = () => described()[0]?.sha256;
  const api = (path: string, request: IncomingMessage): Answered | Promise<Answered> | undefined => {
    const found = Object.entries(more).find(([begin]) => path.startsWith(begin));
    if (found !== undefined) return found[1](request);
    if (path === "/v1/trust") return { body: { anchors: described() } };
    if (path === "/v1/service")
      return {
        body: {
          ...{ demo: false, legalLevelLabel },
          verificationLimit: 4_500_000,
          certificates: [{ url: "https://sign.test/pki/root.cer", sha256: own() }],
        },
      };
    return undefined;
  };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://desk.test");
    if (pathname.startsWith("/v1/")) {
      asked.push(pathname);
      const { status = 404, body } = withStatus(await api(pathname, request));
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    const file = files.get(pathname);
    if (file === undefined) response.writeHead(404, siteHeaders()).end();
    else response.writeHead(200, { ...siteHeaders(), "content-type": file.type }).end(file.contents);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    trust(wanted) {
      anchors = wanted;
    },
    legal(wanted) {
      legalLevelLabel = wanted;
    },
    answers(wanted) {
      more = wanted;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function withStatus(answered: Answered | undefined): Answered {
  return answered === undefined
    ? { status: 404, body: { code: "standing_not_found" } }
    : { status: answered.status ?? 200, body: answered.body };
}
