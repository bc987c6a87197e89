import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseTrustProfile } from "../lib/trust/profile.ts";
import { bundleFunctions, functionNames } from "./bundling.ts";
import { writeSite } from "./site-files.ts";
import { bundleSite } from "./web-bundling.ts";

/**
 * `npm run bundle`: dist/<name>/index.mjs for every function, dist/web for the pages, the sizes of both, and dist/meta.json for
 * esbuild's own analysis.
 */
const OUT = "dist";

const started = performance.now();
const metafile = await bundleFunctions(OUT);
writeFileSync(join(OUT, "meta.json"), JSON.stringify(metafile));

// Whom the validator trusts beside this service: a profile is data, checked now and not at the first request.
const trust = process.env.MOTLAN_TRUST_FILE;
if (trust) {
  parseTrustProfile(new Uint8Array(readFileSync(trust)));
  for (const name of ["trust", "verification"]) copyFileSync(trust, join(OUT, name, "trust.json"));
}

const site = await bundleSite();
writeSite(site, join(OUT, "web"));

const kib = (octets: number): string => `${(octets / 1024).toFixed(0).padStart(5)} KiB`;
for (const name of await functionNames()) {
  const code = readFileSync(join(OUT, name, "index.mjs"));
  console.log(`${name.padEnd(14)} ${kib(code.length)}  ${kib(gzipSync(code).length)} gzip`);
}
for (const [name, paths] of site.firstLoad) {
  const loaded = paths.map((path) => site.files.get(path)?.contents ?? new Uint8Array());
  const sum = (octets: (contents: Uint8Array) => number) => kib(loaded.reduce((all, one) => all + octets(one), 0));
  console.log(
    `web: ${name.padEnd(9)} ${sum(({ length }) => length)}  ${sum((one) => gzipSync(one).length)} gzip, first load`,
  );
}
console.log(`bundled in ${(performance.now() - started).toFixed(0)} ms`);
