import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { siteDoor } from "../../bin/local/site.ts";
import { readSite, readSiteRows, writeSite } from "../../bin/site-files.ts";
import { bundleSite } from "../../bin/web-bundling.ts";
import { CLIENT_HEADER, FRONT_DOOR_HEADER } from "../../lib/api/client-address.ts";
import { isOfApi } from "../../lib/api/doors.ts";
import { ROUTES } from "../../lib/api/routes.ts";
import { ASSETS, CACHE_ASSET, CACHE_PAGE, SITE_PAGES, siteHeaders } from "../../lib/api/site.ts";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import {
  list,
  ofType,
  resource,
  type Synthesised,
  statementsOf,
  stubBundles,
  synthesise,
  theStack,
} from "./synthesised.ts";

type Behavior = {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly CachePolicyId: string;
  readonly [key: string]: unknown;
};
type Origin = { readonly Id: string; readonly [key: string]: unknown };
type Configuration = {
  readonly Origins: readonly Origin[];
  readonly CacheBehaviors: readonly Behavior[];
  readonly DefaultCacheBehavior: Behavior;
  readonly CustomErrorResponses: readonly { readonly [key: string]: unknown }[];
  readonly [key: string]: unknown;
};
const distribution = (stack: Synthesised = theStack()): Configuration =>
  resource("FrontDoor/Distribution", stack).Properties.DistributionConfig as unknown as Configuration;
const originOf = ({ TargetOriginId }: Behavior): Origin =>
  distribution().Origins.find(({ Id }) => Id === TargetOriginId) ?? { Id: "none" };

/** As CloudFront matches: `*` is any run of characters, `?` any one. */
const matches = (pattern: string, path: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  ).test(path);
/** A path that a route answers. */
const example = (path: string): string => path.replace(/\{\w+\+\}/g, "a/b%2Fc+d==").replace(/\{\w+\}/g, "x1");

const CERTIFICATE = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
const AGENCIES = ["hoso.example", "hoso2.example:8443"];
const ORIGINS = AGENCIES.map((host) => `https://${host}`);

/** An installation with a domain and agencies, and the site as it is. */
let whole: { readonly stack: Synthesised; readonly web: string };
beforeAll(async () => {
  const bundles = stubBundles();
  const web = join(bundles, "web");
  writeSite(await bundleSite(), web);
  const domain = { name: "ky.example", certificateArn: CERTIFICATE };
  whole = { web, stack: synthesise({ bundles, documentHosts: AGENCIES, domain }) };
});

describe("one front door", () => {
  const api = () => distribution().CacheBehaviors.filter(({ PathPattern }) => PathPattern !== `${ASSETS}*`);

  test("leads every route of the table to the API, and no page and no asset", () => {
    const patterns = api().map(({ PathPattern = "" }) => PathPattern);
    for (const { id, path } of ROUTES) {
      expect(
        patterns.filter((pattern) => matches(pattern, example(path))),
        id,
      ).toHaveLength(1);
      expect(isOfApi(example(path)), id).toBe(true);
    }
    for (const path of [...SITE_PAGES.map(({ path }) => path), `${ASSETS}x.js`, "/v1", "/none"]) {
      expect(
        patterns.filter((pattern) => matches(pattern, path)),
        path,
      ).toEqual([]);
      expect(isOfApi(path), path).toBe(false);
    }
    for (const pattern of patterns)
      expect(
        ROUTES.some(({ path }) => matches(pattern, example(path))),
        pattern,
      ).toBe(true);
    expect(distribution().CacheBehaviors.length - api().length).toBe(1);
  });

  test("hands the API everything that a caller sent but the host, keeps none of its answers, and takes HTTPS only", () => {
    for (const behavior of api()) {
      expect(behavior).toMatchObject({
        // Managed-CachingDisabled, Managed-AllViewerExceptHostHeader (CloudFront developer guide).
        CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
        ViewerProtocolPolicy: "https-only",
        Compress: false,
      });
      expect(behavior.AllowedMethods).toEqual(expect.arrayContaining(["GET", "HEAD", "POST", "PUT", "DELETE"]));
      expect(originOf(behavior)).toMatchObject({
        DomainName: "<HttpApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>",
        CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginSSLProtocols: ["TLSv1.2"] },
      });
    }
  });

  test("neither replaces an error of the API nor keeps one", () => {
    const errors = distribution().CustomErrorResponses;
    expect(errors.map(({ ErrorCode }) => ErrorCode)).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]);
    for (const error of errors) expect(error).toEqual({ ErrorCode: error.ErrorCode, ErrorCachingMinTTL: 0 });
  });

  test("speaks HTTP/2 and HTTP/3, and keeps no log of who asked", () => {
    expect(distribution()).toMatchObject({ HttpVersion: "http2and3", IPV6Enabled: true });
    expect(distribution().Logging).toBeUndefined();
  });

  test("is the public URL that the functions are told, its own name or the operator's", () => {
    const url = "https://<FrontDoor/Distribution.DomainName>";
    expect(theStack().outputs.PublicUrl).toBe(url);
    const { stack } = whole;
    expect(distribution(stack)).toMatchObject({
      Aliases: ["ky.example"],
      ViewerCertificate: {
        AcmCertificateArn: CERTIFICATE,
        MinimumProtocolVersion: "TLSv1.2_2021",
        SslSupportMethod: "sni-only",
      },
    });
    expect(stack.outputs).toMatchObject({
      PublicUrl: "https://ky.example",
      OidcCallback: "https://ky.example/v1/oidc/callback",
      DomainTarget: "<FrontDoor/Distribution.DomainName>",
    });
    for (const [path, { Properties }] of ofType("AWS::Lambda::Function", stack))
      if (path.startsWith("Functions/"))
        expect(JSON.stringify(Properties.Environment), path).toContain('"https://ky.example"');
  });

  test("refuses a certificate that CloudFront would not find", () => {
    const certificateArn = "arn:aws:acm:ap-southeast-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
    expect(() => synthesise({ domain: { name: "ky.example", certificateArn } })).toThrow(/us-east-1/);
  });
});

describe("who asks", () => {
  const proof = "{{resolve:secretsmanager:<FrontDoor/Proof>:SecretString:::}}";

  test("is told to the API by CloudFront, over what a caller wrote there, and proved by a secret", () => {
    const [origin] = distribution().Origins.filter(({ DomainName }) => String(DomainName).startsWith("<HttpApi>"));
    expect(origin?.OriginCustomHeaders).toEqual([{ HeaderName: FRONT_DOOR_HEADER, HeaderValue: proof }]);
    const code = String(resource("FrontDoor/ClientAddress").Properties.FunctionCode);
    const { headers } = run(code, { uri: "/v1/verifications", headers: { [CLIENT_HEADER]: { value: "192.0.2.66" } } });
    expect(headers[CLIENT_HEADER]).toEqual({ value: "198.51.100.7" });
  });

  test("is known to the functions that count by address, and to nobody else", () => {
    const counts = new Set(ROUTES.filter(({ perMinute }) => perMinute !== undefined).map((route) => route.function));
    expect(counts.size).toBeGreaterThan(1);
    for (const name of FUNCTIONS) {
      const { Environment } = resource(`Functions/${name.charAt(0).toUpperCase()}${name.slice(1)}`).Properties;
      const { MOTLAN_FRONT_DOOR } = (Environment as unknown as { Variables: Record<string, string> }).Variables;
      expect(MOTLAN_FRONT_DOOR, name).toBe(counts.has(name) ? proof : undefined);
    }
    const uses = JSON.stringify([...theStack().resources.values()]).split(proof).length - 1;
    expect(uses).toBe(1 + counts.size);
  });

  test("is proved by another secret under another name, so that a new value reaches both", () => {
    const stack = synthesise({ frontDoorSecret: "2" });
    const text = JSON.stringify([...stack.resources.values()]);
    expect(text).not.toContain("<FrontDoor/Proof>");
    expect(text.split("{{resolve:secretsmanager:<FrontDoor/Proof2>:SecretString:::}}").length).toBeGreaterThan(2);
  });

  test("is proved by a random value under our own key", () => {
    expect(resource("FrontDoor/Proof").Properties).toMatchObject({
      GenerateSecretString: { PasswordLength: 44, ExcludePunctuation: true },
      KmsKeyId: "<Keys/Data.Arn>",
    });
  });
});

test.each([
  ["without agencies", theStack, []],
  ["with agencies", () => whole.stack, ORIGINS],
])("CloudFront says with pages and assets what the local start says, header by header, %s", (_, stackOf, origins) => {
  const stack = stackOf();
  const { SecurityHeadersConfig: known, CustomHeadersConfig: custom } = resource("FrontDoor/Headers", stack).Properties
    .ResponseHeadersPolicyConfig as unknown as {
    SecurityHeadersConfig: Record<string, Record<string, unknown>>;
    CustomHeadersConfig: { Items: readonly { Header: string; Value: string; Override: boolean }[] };
  };
  const hsts = known.StrictTransportSecurity;
  const said = Object.fromEntries([
    ...custom.Items.map(({ Header, Value }) => [Header, Value]),
    ["content-security-policy", known.ContentSecurityPolicy?.ContentSecurityPolicy],
    ["referrer-policy", known.ReferrerPolicy?.ReferrerPolicy],
    ["x-frame-options", known.FrameOptions?.FrameOption],
    ["x-content-type-options", known.ContentTypeOptions === undefined ? undefined : "nosniff"],
    [
      "strict-transport-security",
      `max-age=${hsts?.AccessControlMaxAgeSec}${hsts?.IncludeSubdomains === true ? "; includeSubDomains" : ""}`,
    ],
  ]);
  expect(said).toEqual(siteHeaders(origins));
  for (const one of [...Object.values(known), ...custom.Items]) expect(one.Override).toBe(true);
  const { DefaultCacheBehavior: pages, CacheBehaviors } = distribution(stack);
  const assets = CacheBehaviors.find(({ PathPattern }) => PathPattern === `${ASSETS}*`);
  for (const behavior of [pages, assets]) expect(behavior?.ResponseHeadersPolicyId).toBe("<FrontDoor/Headers>");
});

describe("pages and assets", () => {
  const config = (path: string) =>
    (resource(path).Properties.CachePolicyConfig ?? {}) as unknown as { readonly [key: string]: unknown };
  const compresses = { EnableAcceptEncodingBrotli: true, EnableAcceptEncodingGzip: true };

  test("come from the bucket, compressed; a page of the version before is shown for a second at most", () => {
    const { DefaultCacheBehavior: pages, CacheBehaviors } = distribution();
    const assets = CacheBehaviors.find(({ PathPattern }) => PathPattern === `${ASSETS}*`);
    for (const behavior of [pages, assets]) {
      expect(behavior).toMatchObject({
        ViewerProtocolPolicy: "redirect-to-https",
        AllowedMethods: ["GET", "HEAD"],
        Compress: true,
      });
      expect(originOf(behavior as Behavior).DomainName).toBe("<Site/Files.RegionalDomainName>");
    }
    expect(config(pages.CachePolicyId.slice(1, -1))).toMatchObject({
      MinTTL: 1,
      DefaultTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: { ...compresses, QueryStringsConfig: { QueryStringBehavior: "none" } },
    });
    expect(config(String(assets?.CachePolicyId).slice(1, -1))).toMatchObject({
      MinTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: compresses,
    });
  });

  test("lie in a private bucket that CloudFront alone reads, over TLS, and that outlives the stack", () => {
    const bucket = resource("Site/Files");
    expect([bucket.DeletionPolicy, bucket.UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
    expect(bucket.Properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(JSON.stringify(bucket.Properties.BucketEncryption)).toContain("AES256");
    const statements = statementsOf(resource("Site/Files/Policy").Properties.PolicyDocument);
    expect(statements.filter(({ Effect }) => Effect === "Deny").map(({ Condition }) => Condition)).toEqual([
      { Bool: { "aws:SecureTransport": "false" } },
      { NumericLessThan: { "s3:TlsVersion": 1.2 } },
    ]);
    const allowed = statements.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Action: "s3:GetObject",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Condition: {
        StringEquals: {
          "AWS:SourceArn": "arn:<AWS::Partition>:cloudfront::<AWS::AccountId>:distribution/<FrontDoor/Distribution>",
        },
      },
    });
  });
});

describe("the upload", () => {
  const uploads = (stack: Synthesised = theStack()) =>
    ofType("Custom::CDKBucketDeployment", stack).map(([path, { Properties, ...rest }]) => ({
      path,
      ...(rest as { readonly DependsOn?: readonly string[] }),
      folder: String(Properties.DestinationBucketKeyPrefix),
      include: (Properties.Include as readonly string[]).map((glob) => glob.slice(1)),
      said: Properties.SystemMetadata as unknown as {
        readonly "content-type": string;
        readonly "cache-control": string;
      },
      prune: Properties.Prune,
      exclude: Properties.Exclude,
    }));

  test("says the type and the caching of every file of the site, each exactly once", () => {
    const made = uploads(whole.stack);
    const rows = readSiteRows(whole.web).filter(({ path }) => path !== undefined);
    expect(rows.length).toBeGreaterThan(20);
    for (const { file, type, immutable } of rows) {
      const of = made.filter(
        ({ folder, include }) => file.startsWith(`${folder}/`) && include.some((end) => file.endsWith(end)),
      );
      expect(
        of.map(({ said }) => said),
        file,
      ).toEqual([{ "content-type": type, "cache-control": immutable ? CACHE_ASSET : CACHE_PAGE }]);
    }
  });

  test("brings assets before pages, and takes nothing away", () => {
    const made = uploads();
    for (const { exclude, prune } of made) expect([exclude, prune]).toEqual([["*"], false]);
    const pages = made.filter(({ folder }) => folder === "pages");
    expect(pages).toHaveLength(1);
    const awaited = JSON.stringify(pages[0]?.DependsOn);
    for (const { path, folder } of made)
      if (folder === "assets") expect(awaited).toContain(path.split("/")[2]?.replaceAll("-", ""));
  });

  test("reads its two archives, writes into its two folders, and may do nothing else", () => {
    const said = statementsOf(resource("Site/Upload/Steps").Properties.PolicyDocument).map(
      ({ Action, Resource }) => `${list(Action).join(" ")} | ${list(Resource).join(" ")}`,
    );
    expect(said.map((line) => line.replaceAll(/[0-9a-f]{64}/g, "*"))).toEqual([
      "logs:CreateLogStream logs:PutLogEvents | <Site/Upload/Logs.Arn>",
      expect.stringMatching(
        /^s3:GetObject \| arn:<AWS::Partition>:s3:::cdk-\S+\/\*\.zip arn:<AWS::Partition>:s3:::cdk-\S+\/\*\.zip$/,
      ),
      "s3:ListBucket | <Site/Files.Arn>",
      "s3:AbortMultipartUpload s3:PutObject | <Site/Files.Arn>/assets/* <Site/Files.Arn>/pages/*",
    ]);
    const role = resource("Site/Upload/Role").Properties;
    expect(role.ManagedPolicyArns).toBeUndefined();
    const holders = ofType("AWS::IAM::Policy").filter(([, { Properties }]) =>
      JSON.stringify(Properties.Roles).includes("Site/Upload/Role"),
    );
    expect(holders.map(([path]) => path)).toEqual(["Site/Upload/Steps"]);
  });
});

type EdgeRequest = { uri: string; headers: Record<string, { value: string }>; querystring?: Record<string, unknown> };
type EdgeAnswer = EdgeRequest & { statusCode?: number; body?: { data: string } };

/** Runs a function as CloudFront does: the code alone, an event in, a request or an answer out. */
function run(code: string, request: EdgeRequest): EdgeAnswer {
  const { handler } = runInNewContext(`${code}; ({ handler })`, {}) as { handler: (event: object) => EdgeAnswer };
  const whole = { method: "GET", querystring: {}, cookies: {}, ...request };
  return JSON.parse(JSON.stringify(handler({ version: "1.0", viewer: { ip: "198.51.100.7" }, request: whole })));
}

test("at every address CloudFront answers what the local start answers", async () => {
  const { web, stack } = whole;
  const code = String(resource("FrontDoor/PagePaths", stack).Properties.FunctionCode);
  const [site, rows] = [readSite(web), readSiteRows(web)];
  const door = siteDoor("https://ky.example", ORIGINS, async () => site);
  const paths = [
    ...SITE_PAGES.map(({ path }) => path),
    ...[
      "/kiem-tra/?ma=K7QF-29XM-8D4T&x",
      "/ky//",
      "/khong-co",
      "/ky/1",
      "/KY",
      "/pages/sign.html",
      "/index.html",
      "//ky",
    ],
    ...["/constructor", "/__proto__", "/toString/"],
  ];
  for (const path of paths)
    for (const accept of ["text/html", "application/json"]) {
      const { pathname, searchParams } = new URL(`https://ky.example${path}`);
      const querystring = Object.fromEntries([...searchParams].map(([name, value]) => [name, { value }]));
      const edge = run(code, {
        uri: pathname,
        headers: { accept: { value: accept }, host: { value: "ky.example" } },
        querystring,
      });
      const local = await door(new Request(`https://ky.example${path}`, { headers: { accept } }));
      const message = `${path} ${accept}`;
      if (edge.statusCode === undefined) {
        const row = rows.find(({ file }) => `/${file}` === edge.uri);
        expect(local?.status, message).toBe(200);
        expect(await local?.text(), message).toBe(new TextDecoder().decode(site.files.get(row?.path ?? "")?.contents));
        continue;
      }
      for (const [name, value] of Object.entries(siteHeaders(ORIGINS)))
        expect(edge.headers[name], name).toEqual({ value });
      if (local === undefined) {
        // The API's own "not found", told from here.
        expect(JSON.parse(edge.body?.data ?? "")).toMatchObject({
          code: "not_found",
          status: 404,
          type: "https://ky.example/problems/not_found",
        });
        continue;
      }
      expect(edge.statusCode, message).toBe(local.status);
      for (const name of ["location", "content-type", "cache-control"])
        expect(edge.headers[name]?.value ?? null, `${message} ${name}`).toBe(
          edge.statusCode === 301 && name !== "location" ? null : local.headers.get(name),
        );
      expect(edge.body?.data ?? "", message).toBe(await local.text());
    }
});
