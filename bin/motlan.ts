import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { Fault } from "../lib/fault/fault.ts";
import { HELP } from "../lib/text/cli.ts";
import { EXIT, output, reportFault } from "./motlan/output.ts";

/** Where `npm start` listens. */
const DEFAULT_SERVER = "http://localhost:8787";

const OPTIONS = {
  out: { type: "string", short: "o" },
  server: { type: "string", default: process.env.MOTLAN_SERVER || DEFAULT_SERVER },
  persona: { type: "string" },
  name: { type: "string" },
  title: { type: "string" },
  reason: { type: "string" },
  location: { type: "string" },
  stamp: { type: "string" },
  locale: { type: "string", default: "vi" },
  document: { type: "string" },
  dir: { type: "string" },
  table: { type: "string" },
  "public-url": { type: "string" },
  organisation: { type: "string" },
  class: { type: "string" },
  demo: { type: "boolean", default: false },
  "add-report": { type: "boolean", default: false },
  trust: { type: "string", multiple: true, default: [] },
  at: { type: "string" },
  crl: { type: "string", multiple: true, default: [] },
  ocsp: { type: "string", multiple: true, default: [] },
  cert: { type: "string", multiple: true, default: [] },
  batch: { type: "string" },
  "policy-revocation": { type: "string", default: "where-named" },
  "fetch-from": { type: "string", multiple: true, default: [] },
  facts: { type: "boolean", default: false },
  report: { type: "string" },
  "no-limit": { type: "boolean", default: false },
  source: { type: "string" },
  from: { type: "string" },
  until: { type: "string" },
  "managing-unit": { type: "string" },
  use: { type: "string", multiple: true, default: [] },
  test: { type: "boolean", default: false },
  by: { type: "string" },
  head: { type: "string" },
  outcome: { type: "string" },
  yes: { type: "boolean", short: "y", default: false },
  force: { type: "boolean", short: "f", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} satisfies ParseArgsOptionsConfig;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>["values"];

/** Each command loads only what it needs: `motlan --help` need not wait for an SDK. One whose result is no plain yes gives its exit code. */
const COMMANDS: Readonly<Record<string, (values: Values, rest: readonly string[]) => Promise<number | void>>> = {
  async sign(values, rest) {
    const { sign } = await import("./motlan/sign.ts");
    const { out, persona, name, title, reason, location, yes, force } = values;
    const { stampChoice } = await import("./motlan/stamp-option.ts");
    const { locale } = values;
    if (locale !== "vi" && locale !== "en") throw new Fault("usage", "--locale is vi or en");
    const stamp = stampChoice(values.stamp, name);
    const options = { file: one(rest, "FILE"), server: serverOf(values), out, persona, name, title, reason, location };
    await sign({ ...options, stamp, locale, yes, force }, output(values.json));
  },
  async proof(values, rest) {
    const { proof } = await import("./motlan/proof.ts");
    const options = { id: one(rest, "ID"), server: serverOf(values), document: values.document };
    await proof(options, output(values.json));
  },
  async verify(values, rest) {
    const { verify } = await import("./motlan/verify.ts");
    return verify(rest, values);
  },
  async trust(values, [action = "", ...rest]) {
    const { trust } = await import("./motlan/trust.ts");
    trust(action, rest, values, output(values.json));
  },
  async dispute(values, [action = "", ...rest]) {
    const { dispute } = await import("./motlan/dispute.ts");
    await dispute(action, rest, values, output(values.json));
  },
  async ca(values, rest) {
    const { ca } = await import("./motlan/ca.ts");
    await ca(one(rest, "init | list"), { ...values, server: serverOf(values) }, output(values.json));
  },
};

async function main(): Promise<number> {
  let json = process.argv.includes("--json");
  try {
    const { values, positionals } = parse();
    json = values.json;
    const [name, ...rest] = positionals;
    if (values.help || name === undefined) {
      console.log(HELP);
      return values.help ? EXIT.ok : EXIT.usage;
    }
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) throw new Fault("usage", `there is no command "${name}"; motlan --help lists them`);
    return (await command(values, rest)) ?? EXIT.ok;
  } catch (error) {
    return reportFault(error, json);
  }
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (cause) {
    throw new Fault("usage", cause instanceof Error ? cause.message : "unreadable arguments", { cause });
  }
}

function one(rest: readonly string[], what: string): string {
  const [first, ...more] = rest;
  if (first === undefined || more.length > 0) throw new Fault("usage", `exactly one ${what} is expected`);
  return first;
}

/** Secrets travel to it: TLS, or this very machine. */
function serverOf({ server }: Values): string {
  if (!URL.canParse(server)) throw new Fault("usage", "--server is not a URL");
  const { protocol, hostname } = new URL(server);
  const here = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && here))
    throw new Fault("usage", "--server must be https, or http on this machine");
  return server.replace(/\/+$/, "");
}

process.exitCode = await main();
