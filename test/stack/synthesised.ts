import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, type Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { writeSite } from "../../bin/site-files.ts";
import { SITE_PAGES } from "../../lib/api/site.ts";
import { FUNCTIONS } from "../../lib/stack/needs.ts";
import { motlanStack, type StackOptions } from "../../lib/stack/stack.ts";
import { temporaryDirectory } from "./temporary.ts";

export type Json = { readonly [key: string]: Json } | readonly Json[] | string | number | boolean | null;
export type Resource = {
  readonly Type: string;
  readonly Properties: { readonly [key: string]: Json };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};
export type Synthesised = {
  readonly app: App;
  readonly stack: Stack;
  /** By construct path within the stack, without CDK's "/Resource": "Keys/Tsa". References read alike: see {@link readable}. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: Readonly<Record<string, Json>>;
};

const stub = (type: string, immutable: boolean) => ({ type, immutable, contents: new Uint8Array([0x20]) });
const HTML = "text/html; charset=utf-8";
const STUB_SITE = {
  files: new Map([
    ...SITE_PAGES.map(({ path }) => [path, stub(HTML, false)] as const),
    ["/assets/page-0a.js", stub("text/javascript; charset=utf-8", true)],
    ["/assets/style-0a.css", stub("text/css; charset=utf-8", true)],
  ]),
  notFound: stub(HTML, false),
};

/** Bundles that deploy nothing: the template does not depend on what is in them. */
export const stubBundles = (): string => {
  const directory = temporaryDirectory();
  for (const name of FUNCTIONS) {
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, "index.mjs"), "export const handler = () => ({ statusCode: 204 });\n");
  }
  writeSite(STUB_SITE, join(directory, "web"));
  return directory;
};

/** An app under the feature flags that the real one runs with, and with the construct paths that the cdk command asks for. */
export function appAsDeployed(): App {
  const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as { context: Record<string, unknown> };
  return new App({
    context: { ...context, "aws:cdk:enable-path-metadata": true },
    outdir: temporaryDirectory(),
    analyticsReporting: false,
  });
}

export function synthesise(options: Partial<StackOptions> = {}): Synthesised {
  const app = appAsDeployed();
  const stack = motlanStack(app, "Motlan", {
    bundles: stubBundles(),
    issuers: "[]",
    confidentialClient: true,
    ...options,
  });
  const template = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, Resource & { Metadata?: { "aws:cdk:path"?: string } }>;
    Outputs: Record<string, { Value: Json }>;
  };
  const pathOf = new Map<string, string>();
  for (const [id, { Metadata }] of Object.entries(template.Resources)) {
    const path = Metadata?.["aws:cdk:path"];
    if (path === undefined) throw new Error(`${id} has no construct path`);
    pathOf.set(id, path.replace(/^Motlan\//, "").replace(/\/Resource$/, ""));
  }
  const resources = new Map(
    Object.entries(template.Resources).map(([id, { Metadata: _, ...resource }]) => [
      pathOf.get(id) ?? id,
      readable(resource, pathOf) as unknown as Resource,
    ]),
  );
  const outputs = Object.fromEntries(
    Object.entries(template.Outputs).map(([name, { Value }]) => [name, readable(Value, pathOf)]),
  );
  return { app, stack, resources, outputs };
}

/** CloudFormation's references as text: `<Keys/Tsa.Arn>` for an attribute, `<AWS::Region>` for a reference, joins joined. */
function readable(value: unknown, pathOf: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((part) => readable(part, pathOf));
  if (typeof value !== "object" || value === null) return value as Json;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [key, argument] = first;
    const named = (id: string) => pathOf.get(id) ?? id;
    if (key === "Ref") return `<${named(String(argument))}>`;
    if (key === "Fn::GetAtt") return `<${named(String(argument[0]))}.${String(argument[1])}>`;
    if (key === "Fn::Join") return (readable(argument[1], pathOf) as string[]).join(String(argument[0]));
    if (key === "Fn::Sub") return String(argument);
  }
  return Object.fromEntries(entries.map(([key, part]) => [key, readable(part, pathOf)]));
}

/** The default stack, synthesised once for all suites. */
let shared: Synthesised | undefined;
export const theStack = (): Synthesised => {
  shared ??= synthesise();
  return shared;
};

export function ofType(type: string, { resources }: Synthesised = theStack()): [string, Resource][] {
  return [...resources].filter(([, resource]) => resource.Type === type);
}

export function resource(path: string, { resources }: Synthesised = theStack()): Resource {
  const found = resources.get(path);
  if (found === undefined) throw new Error(`no resource at ${path}`);
  return found;
}

export type Statement = {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Principal?: Json;
  readonly Condition?: Json;
};

export const statementsOf = (policyDocument: Json | undefined): readonly Statement[] =>
  (policyDocument as unknown as { Statement: readonly Statement[] }).Statement;

export const list = (value: string | readonly string[]): readonly string[] =>
  typeof value === "string" ? [value] : value;
