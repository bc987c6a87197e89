import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Key } from "aws-cdk-lib/aws-kms";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { FRONT_DOOR_HEADER } from "../api/client-address.ts";
import { API_PATTERNS } from "../api/doors.ts";
import { ASSETS, siteHeaders } from "../api/site.ts";
import { ADDRESS_FUNCTION, pagesFunction } from "./edge.ts";
import { headersPolicy, type SiteRow } from "./site.ts";

/** The service's own name: it is signed into certificates, so an installation that matters has one from the start. */
export type Domain = {
  readonly name: string;
  /** ACM certificate; CloudFront looks for it in us-east-1 and nowhere else. */
  readonly certificateArn: string;
};

/** Seconds: the longest that a page of the version before is shown. Zero would be no caching to CloudFront, and then it compresses nothing. */
const PAGE_TTL = Duration.seconds(1);
const YEAR = Duration.days(365);

/** Every status that CloudFront keeps an error for, ten seconds unless it is told otherwise. */
const ERRORS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Characters of letters and digits: more than 256 bits. */
const SECRET_LENGTH = 44;

export type FrontDoor = {
  readonly distribution: Distribution;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  /** What proves to a function that a request came through here; CloudFormation puts the value in its place. */
  readonly proof: string;
};

export type FrontDoorOptions = {
  readonly api: HttpApi;
  readonly bucket: IBucket;
  readonly dataKey: Key;
  readonly domain: Domain | undefined;
  /** Another word is another secret. */
  readonly proofName: string;
  /** Origins, as lib/api/site.ts takes them. */
  readonly documentHosts: readonly string[];
  /** The bundled site, and the list of its files. */
  readonly directory: string;
  readonly rows: readonly SiteRow[];
};

/**
 * The one address of the service: pages and assets from the bucket, every route of the table from the API. It knows the API and not its
 * routes, so that the functions behind them can be told its address.
 *
 * No error of the API is replaced or kept: a page of ours instead of a problem would hide its code, and an error is somebody's own.
 *
 * @throws TypeError a certificate that CloudFront would not find
 */
export function frontDoor(scope: Construct, options: FrontDoorOptions): FrontDoor {
  const elsewhere = options.domain !== undefined && !options.domain.certificateArn.includes(":acm:us-east-1:");
  if (elsewhere) throw new TypeError("CloudFront takes certificates of us-east-1 only");
  const room = new Construct(scope, "FrontDoor");
  const proof = proofOf(room, options);
  const [site, api] = [siteBehaviors(room, options), apiBehavior(room, options.api, proof)];
  const { domain } = options;
  const distribution = new Distribution(room, "Distribution", {
    comment: "Ky Mot Lan: pages and API at one address",
    httpVersion: HttpVersion.HTTP2_AND_3,
    defaultBehavior: site.pages,
    additionalBehaviors: {
      [`${ASSETS}*`]: site.assets,
      ...Object.fromEntries(API_PATTERNS.map((pattern) => [pattern, api])),
    },
    errorResponses: ERRORS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
    ...(domain === undefined
      ? {}
      : {
          domainNames: [domain.name],
          certificate: Certificate.fromCertificateArn(room, "Certificate", domain.certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
  });
  return { distribution, publicUrl: `https://${domain?.name ?? distribution.distributionDomainName}`, proof };
}

type SiteBehaviors = { readonly pages: BehaviorOptions; readonly assets: BehaviorOptions };

function siteBehaviors(room: Construct, { bucket, documentHosts, directory, rows }: FrontDoorOptions): SiteBehaviors {
  const common = {
    // Reading only: what is not there is refused, and nobody can list what is.
    origin: S3BucketOrigin.withOriginAccessControl(bucket),
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: headersPolicy(room, documentHosts),
    compress: true,
  };
  const policy = (id: string, minTtl: Duration, comment: string) =>
    new CachePolicy(room, id, {
      comment,
      minTtl,
      defaultTtl: minTtl,
      maxTtl: YEAR,
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  const missing = rows.find(({ path }) => path === undefined)?.file ?? "";
  const keys = rows.flatMap(({ path, file, immutable }) =>
    path === undefined || immutable ? [] : [[path, `/${file}`]],
  );
  const code = pagesFunction({
    keys: Object.fromEntries(keys),
    notFound: readFileSync(join(directory, missing), "utf8"),
    headers: siteHeaders(documentHosts),
  });
  return {
    pages: {
      ...common,
      cachePolicy: policy("PageCache", PAGE_TTL, "Ky Mot Lan: pages, asked for anew each time"),
      functionAssociations: [before(room, "PagePaths", code, "Ky Mot Lan: paths of pages, and what is not there")],
    },
    assets: {
      ...common,
      cachePolicy: policy("AssetCache", YEAR, "Ky Mot Lan: assets, whose names hold their content"),
    },
  };
}

function apiBehavior(room: Construct, api: HttpApi, proof: string): BehaviorOptions {
  return {
    origin: new HttpOrigin(`${api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      customHeaders: { [FRONT_DOOR_HEADER]: proof },
    }),
    allowedMethods: AllowedMethods.ALLOW_ALL,
    // Not led to HTTPS but refused: by then a secret in a header has travelled in the clear.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // Cookies, query and every header but Host, by which API Gateway tells its APIs apart.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    compress: false,
    functionAssociations: [before(room, "ClientAddress", ADDRESS_FUNCTION, "Ky Mot Lan: tells the API who asks")],
  };
}

function before(room: Construct, id: string, code: string, comment: string) {
  const made = new EdgeFunction(room, id, {
    code: FunctionCode.fromInline(code),
    runtime: FunctionRuntime.JS_2_0,
    comment,
  });
  return { function: made, eventType: FunctionEventType.VIEWER_REQUEST };
}

/**
 * A secret between CloudFront and the functions that count requests by address. Whoever learns it can pretend to be at another address
 * when requests are counted, and nothing else: it opens nothing. CloudFormation puts the value in both places, and looks for a new one only
 * when the secret has another name.
 */
function proofOf(room: Construct, { dataKey, proofName }: FrontDoorOptions): string {
  const secret = new Secret(room, `Proof${proofName}`, {
    description: "Proves to the functions that a request came through CloudFront",
    // Imported, so that the construct does not widen the key's own policy, which already admits Secrets Manager.
    encryptionKey: Key.fromKeyArn(room, "DataKey", dataKey.keyArn),
    generateSecretString: { excludePunctuation: true, passwordLength: SECRET_LENGTH },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  return secret.secretValue.unsafeUnwrap();
}
