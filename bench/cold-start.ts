import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { median } from "./interleave.ts";

const HARNESS = fileURLToPath(new URL("invoke.mjs", import.meta.url));
const EMPTY = new URL("empty.mjs", import.meta.url).href;
/** A function that has not answered by then will not. */
const PATIENCE_MS = 20_000;

/** A request as API Gateway hands it over (HTTP API, payload format 2.0). */
export type FirstRequest = {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly cookie?: string;
};

export type ColdStart = { readonly name: string; readonly milliseconds: number; readonly status: number };

/**
 * Start to first response: from spawning node until the handler has answered one request, the median over the rounds. The
 * handlers take turns with an empty one, so that all meet the same machine.
 *
 * @param requests the first request of each bundled function, by name; every function needs one
 * @param env what the functions find in their environment besides PATH
 * @returns the empty handler first
 */
export async function coldStarts(
  requests: Readonly<Record<string, FirstRequest>>,
  env: Readonly<Record<string, string>>,
  rounds: number,
): Promise<ColdStart[]> {
  const handlers = new Map([["empty handler", EMPTY]]);
  for (const name of Object.keys(requests)) {
    const bundle = resolve("dist", name, "index.mjs");
    if (!existsSync(bundle)) throw new Error(`${bundle} is missing: npm run bundle`);
    handlers.set(name, pathToFileURL(bundle).href);
  }
  const samples = new Map([...handlers.keys()].map((name) => [name, [] as number[]]));
  const statuses = new Map<string, number>();
  for (let round = 0; round <= rounds; round++) {
    for (const [name, url] of handlers) {
      const first = await firstResponse(url, requests[name] ?? { method: "GET", path: "/" }, env);
      statuses.set(name, first.status);
      // The first round fills the file cache.
      if (round > 0) samples.get(name)?.push(first.milliseconds);
    }
  }
  return [...samples].map(([name, each]) => ({
    name,
    milliseconds: median(each),
    status: statuses.get(name) ?? 0,
  }));
}

function firstResponse(
  url: string,
  request: FirstRequest,
  env: Readonly<Record<string, string>>,
): Promise<{ milliseconds: number; status: number }> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(process.execPath, [HARNESS, url, JSON.stringify(toEvent(request))], {
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "inherit"],
      timeout: PATIENCE_MS,
    });
    let milliseconds = 0;
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (milliseconds === 0) milliseconds = performance.now() - start;
      out += chunk.toString();
    });
    child.on("error", fail);
    child.on("close", () => {
      const status = Number(/^status (\d+)$/m.exec(out)?.[1]);
      if (Number.isInteger(status)) done({ milliseconds, status });
      else fail(new Error(`${url} gave no response: ${out}`));
    });
  });
}

function toEvent({ method, path, body, cookie }: FirstRequest): unknown {
  const host = "bench.invalid";
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    ...(cookie === undefined ? {} : { cookies: [cookie] }),
    headers: { host, "content-type": "application/json", ...(body && { "content-length": String(body.length) }) },
    requestContext: {
      accountId: "000000000000",
      apiId: "bench",
      domainName: host,
      domainPrefix: "bench",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "bench" },
      requestId: "bench",
      routeKey: "$default",
      stage: "$default",
      time: "01/Jan/2026:00:00:00 +0000",
      timeEpoch: 1767225600000,
    },
    ...(body && { body }),
    isBase64Encoded: false,
  };
}
