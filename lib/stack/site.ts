import { basename, extname, join } from "node:path";
import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseCustomHeader,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
} from "aws-cdk-lib/aws-cloudfront";
import { Policy, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from "aws-cdk-lib/aws-s3";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import { BucketDeployment, CacheControl, Source } from "aws-cdk-lib/aws-s3-deployment";
import { Construct } from "constructs";
import { CACHE_ASSET, CACHE_PAGE, siteHeaders } from "../api/site.ts";
import { logGroup } from "./logs.ts";

/** A row of the list that `npm run bundle` writes beside the site (bin/site-files.ts). */
export type SiteRow = {
  readonly path?: string;
  readonly file: string;
  readonly type: string;
  readonly immutable: boolean;
};

/** Folders of the bundled site, and of the bucket. */
const PAGES = "pages";
const ASSETS = "assets";

/** MB: the deployment's Lambda unpacks some megabytes and compares them with the bucket; below this it takes minutes. */
const DEPLOYMENT_MB = 512;

/**
 * Where pages and assets lie: for CloudFront alone. Nothing in it is a secret and all of it comes out of the repository again, so
 * Amazon's own key encrypts it; it stays when the stack goes, like everything else here.
 */
export function siteBucket(scope: Construct): IBucket {
  const bucket = new Bucket(new Construct(scope, "Site"), "Files", {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
    // An upload that was cut off leaves parts that nobody sees and that are paid for.
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  // CDK's class says "or undefined" where its interface says "or absent".
  return bucket as IBucket;
}

/**
 * Uploads the bundled site: assets first, pages when all of them are there, so that no page names an asset that is missing. Assets of
 * former versions stay, for pages that are open since before (docs/RUNBOOK.md says when and how they are cleared).
 *
 * A deployment says one content type for all that it uploads; what the types of files are is said by their list, not guessed from their names.
 *
 * @param directory the bundled site
 */
export function uploadSite(bucket: IBucket, directory: string, rows: readonly SiteRow[], dataKey: IKey): void {
  const room = new Construct(Stack.of(bucket).node.findChild("Site") as Construct, "Upload");
  const zips = { [ASSETS]: asset(room, directory, ASSETS), [PAGES]: asset(room, directory, PAGES) };
  const logs = logGroup(room, "Logs", dataKey);
  const { role, permission } = uploader(room, bucket, Object.values(zips), logs);
  const upload = (id: string, folder: keyof typeof zips, endings: readonly string[], type: string, cache: string) => {
    const zip = zips[folder];
    const made = new BucketDeployment(room, id, {
      sources: [Source.bucket(zip.bucket, zip.s3ObjectKey)],
      destinationBucket: bucket,
      destinationKeyPrefix: folder,
      exclude: ["*"],
      include: endings.map((ending) => `*${ending}`),
      contentType: type,
      cacheControl: [CacheControl.fromString(cache)],
      prune: false,
      retainOnDelete: true,
      outputObjectKeys: false,
      memoryLimit: DEPLOYMENT_MB,
      logGroup: logs,
      role,
    });
    made.node.addDependency(permission);
    return made;
  };
  const assets = [...endingsByType(rows.filter(({ immutable }) => immutable))].map(([type, endings]) =>
    upload(`Assets-${type.replaceAll(/[^a-z0-9]+/g, "-")}`, ASSETS, endings, type, CACHE_ASSET),
  );
  const pages = upload("Pages", PAGES, [".html"], "text/html; charset=utf-8", CACHE_PAGE);
  // One Lambda works for all of them; each brings a layer for it, of which the first is used.
  for (const { node } of [...assets.slice(1), pages]) node.tryRemoveChild("AwsCliLayer");
  pages.node.addDependency(...assets);
}

function asset(room: Construct, directory: string, folder: string): Asset {
  return new Asset(room, `${folder}-zip`, { path: join(directory, folder) });
}

/** Who uploads: reads the two archives, writes into the two folders, deletes nothing. CDK's own role could read every archive of the account. */
function uploader(room: Construct, bucket: IBucket, zips: readonly Asset[], logs: ILogGroup) {
  const role = new Role(room, "Role", {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    description: "Ky Mot Lan: uploads pages and assets while the stack is deployed",
  });
  const permission = new Policy(room, "Steps", {
    roles: [role],
    statements: [
      new PolicyStatement({
        sid: "OwnLogs",
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logs.logGroupArn],
      }),
      new PolicyStatement({
        sid: "Archives",
        actions: ["s3:GetObject"],
        resources: zips.map((zip) => zip.bucket.arnForObjects(zip.s3ObjectKey)),
      }),
      new PolicyStatement({ sid: "Compare", actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }),
      new PolicyStatement({
        sid: "Upload",
        actions: ["s3:AbortMultipartUpload", "s3:PutObject"],
        resources: [ASSETS, PAGES].map((folder) => bucket.arnForObjects(`${folder}/*`)),
      }),
    ],
  });
  return { role: role.withoutPolicyUpdates(), permission };
}

/** What the names of files end in, by their type: `.js`, or all of the name where it has no ending. @throws TypeError two types for one ending */
function endingsByType(rows: readonly SiteRow[]): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, string>();
  for (const { file, type } of rows) {
    const ending = extname(file) || `/${basename(file)}`;
    if ((types.get(ending) ?? type) !== type) throw new TypeError(`two content types for files that end in ${ending}`);
    types.set(ending, type);
  }
  const byType = new Map<string, string[]>();
  for (const [ending, type] of [...types].sort()) byType.set(type, [...(byType.get(type) ?? []), ending]);
  return byType;
}

/**
 * The headers of lib/api/site.ts as CloudFront's policy: those that it knows by name go where it wants them, and it refuses them anywhere
 * else.
 *
 * @throws TypeError a value that CloudFront's own form cannot say
 */
export function headersPolicy(scope: Construct, documentHosts: readonly string[]): ResponseHeadersPolicy {
  const headers = new Map(Object.entries(siteHeaders(documentHosts)));
  const take = (name: string): string => {
    const value = headers.get(name);
    if (value === undefined) throw new TypeError(`the site has no header ${name}`);
    headers.delete(name);
    return value;
  };
  const exactly = (name: string, form: RegExp): RegExpExecArray => {
    const found = form.exec(take(name));
    if (found === null) throw new TypeError(`CloudFront cannot say this ${name}`);
    return found;
  };
  const [, maxAge] = exactly("strict-transport-security", /^max-age=(\d+); includeSubDomains$/);
  exactly("x-content-type-options", /^nosniff$/);
  exactly("x-frame-options", /^DENY$/);
  exactly("referrer-policy", /^no-referrer$/);
  const override = true;
  const securityHeadersBehavior: ResponseSecurityHeadersBehavior = {
    contentSecurityPolicy: { contentSecurityPolicy: take("content-security-policy"), override },
    strictTransportSecurity: {
      accessControlMaxAge: Duration.seconds(Number(maxAge)),
      includeSubdomains: true,
      override,
    },
    contentTypeOptions: { override },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override },
    referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
  };
  const customHeaders: ResponseCustomHeader[] = [...headers].map(([header, value]) => ({ header, value, override }));
  return new ResponseHeadersPolicy(scope, "Headers", {
    comment: "Ky Mot Lan: what a browser is told with every page and asset",
    securityHeadersBehavior,
    customHeadersBehavior: { customHeaders },
  });
}
