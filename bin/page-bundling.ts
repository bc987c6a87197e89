import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

/** A script of a page. */
export type PageFile = {
  readonly name: string;
  readonly contents: Uint8Array;
  /** Octets as they travel. */
  readonly gzip: number;
  /** What it is loaded for: `entry`, or the module that is imported when it is needed. */
  readonly part: string;
};
export type PageBundle = {
  /** The entry and all that it imports: what a page loads at once. */
  readonly atOnce: readonly PageFile[];
  readonly onDemand: readonly PageFile[];
};

/**
 * The scripts of a page, as modules: `<name>.js`, and beside it what is loaded on demand.
 *
 * @param entry a module; its exports are the entry's
 * @param name of the entry's file, without ending
 */
export async function bundleForPage(entry: string, name: string, options: BuildOptions = {}): Promise<PageBundle> {
  const { outputFiles = [], metafile } = await build({
    entryPoints: [{ in: entry, out: name }],
    outdir: "page",
    write: false,
    bundle: true,
    splitting: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    chunkNames: "[name]-[hash]",
    logLevel: "warning",
    ...options,
    metafile: true,
    plugins: [withoutForeignHost(), partsOnOneCore(entry), ...(options.plugins ?? [])],
  });
  const contents = new Map(outputFiles.map((file) => [basename(file.path), file.contents]));
  const outputs = Object.keys(metafile.outputs);
  const atOnce = loadedAtOnce(metafile, outputs.find((path) => basename(path) === `${name}.js`) ?? "");
  const file = (path: string): PageFile => {
    const octets = contents.get(basename(path)) ?? new Uint8Array(0);
    const part = atOnce.has(path) ? "entry" : (metafile.outputs[path]?.entryPoint ?? "shared");
    return { name: basename(path), contents: octets, gzip: gzipSync(octets, { level: 9 }).length, part };
  };
  return {
    atOnce: outputs.filter((path) => atOnce.has(path)).map(file),
    onDemand: outputs.filter((path) => !atOnce.has(path)).map(file),
  };
}

/** @returns an output and all that it imports, in the order in which they are met; not what it imports when it is needed */
export function loadedAtOnce(metafile: Metafile, output: string): ReadonlySet<string> {
  const met = new Set<string>();
  const follow = (path: string): void => {
    if (met.has(path)) return;
    met.add(path);
    for (const { kind, path: next } of metafile.outputs[path]?.imports ?? [])
      if (kind === "import-statement") follow(next);
  };
  follow(output);
  return met;
}

/**
 * Lets every part that is loaded on demand import the entry: it is loaded by then, and esbuild keeps what they share in one file
 * instead of one for each set of parts, of which a page would load a dozen.
 */
function partsOnOneCore(entry: string): Plugin {
  const parts = new Set<string>();
  return {
    name: "parts-on-one-core",
    setup({ onResolve, onLoad, resolve }) {
      // package.json says that our modules do nothing by being loaded; then nothing would be left of the import.
      onResolve({ filter: /^\// }, ({ path }) => (path === entry ? { path, sideEffects: true } : undefined));
      onResolve({ filter: /^\.{1,2}\// }, async ({ kind, path, resolveDir, importer, pluginData }) => {
        if (kind !== "dynamic-import" || pluginData === parts) return undefined;
        const found = await resolve(path, { kind, resolveDir, importer, pluginData: parts });
        parts.add(found.path);
        return found;
      });
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!parts.has(path)) return undefined;
        if (ALONE.has(basename(path))) return { contents: await bundleAlone(path), loader: "js" };
        return { contents: `${await readFile(path, "utf8")}\nimport ${JSON.stringify(entry)};\n`, loader: "ts" };
      });
    },
  };
}

/**
 * Where the QR decoder looks for its WebAssembly unless it is told another place. It is told (web/workers/qr.ts); but nothing of ours names
 * a host of others, even as a thing not to be asked.
 */
const FOREIGN_HOST = "https://fastly.jsdelivr.net/npm/";

function withoutForeignHost(): Plugin {
  return {
    name: "without-foreign-host",
    setup({ onLoad }) {
      onLoad({ filter: /\/zxing-wasm\/dist\/es\/share\.js$/ }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        if (!text.includes(FOREIGN_HOST)) throw new TypeError("the QR decoder names another host than it did");
        return { contents: text.replaceAll(FOREIGN_HOST, "/"), loader: "js" };
      });
    },
  };
}

/**
 * Functions on octets, without state and without errors of ours. With all that they need in their own file, the core has no more of
 * the libraries behind them than itself uses: esbuild shares whole modules, and these use much of each.
 */
const ALONE: ReadonlySet<string> = new Set(["noble-curves.ts", "sha3-web.ts"]);

async function bundleAlone(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
