import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseTrustProfile } from "../lib/trust/profile.ts";
import { bundleFunctions, functionNames } from "./bundling.ts";

/** `npm run bundle`: dist/<name>/index.mjs for every function, their sizes, and dist/meta.json for esbuild's own analysis. */
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

const kib = (octets: number): string => `${(octets / 1024).toFixed(0).padStart(5)} KiB`;
for (const name of await functionNames()) {
  const code = readFileSync(join(OUT, name, "index.mjs"));
  console.log(`${name.padEnd(14)} ${kib(code.length)}  ${kib(gzipSync(code).length)} gzip`);
}
console.log(`bundled in ${(performance.now() - started).toFixed(0)} ms`);
