import { copyFile, mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { reportFontFiles } from "../lib/service/report-fonts.ts";

/** The functions: every file of `functions/`. */
export async function functionNames(): Promise<readonly string[]> {
  const files = await readdir("functions");
  return files
    .filter((file) => file.endsWith(".ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/**
 * One esbuild run for all functions: `<outdir>/<name>/index.mjs` is all that is deployed, `<outdir>/maps/<name>.mjs.map` stays
 * here to read stack traces with. The same sources give the same octets.
 *
 * The AWS SDK is bundled although Lambda's runtime has one: that one changes under a deployed function, ours is the one that was
 * tested. It costs about 100 KiB compressed a function and no start-up time (78 ms of import either way).
 *
 * @param outdir is emptied first; undefined builds in memory only
 */
export async function bundleFunctions(outdir: string | undefined): Promise<Metafile> {
  const names = await functionNames();
  if (outdir !== undefined) await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/${name}.ts`])),
    outdir: outdir ?? "dist",
    write: outdir !== undefined,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    minify: true,
    treeShaking: true,
    legalComments: "none",
    sourcemap: "external",
    metafile: true,
    logLevel: "warning",
  });
  if (outdir !== undefined) {
    await setMapsAside(outdir, names);
    await addFonts(outdir, metafile);
  }
  return metafile;
}

/** Beside the code of the functions that draw reports: read there when one is drawn, and not while the code is loaded. */
async function addFonts(outdir: string, metafile: Metafile): Promise<void> {
  for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
    if (!Object.hasOwn(inputs, FONTS_MODULE)) continue;
    const folder = join(outdir, basename(dirname(path)), "fonts");
    await mkdir(folder, { recursive: true });
    for (const { path: file, name } of reportFontFiles()) await copyFile(file, join(folder, name));
  }
}

const FONTS_MODULE = "lib/service/report-fonts.ts";

async function setMapsAside(outdir: string, names: readonly string[]): Promise<void> {
  await mkdir(join(outdir, "maps"), { recursive: true });
  for (const name of names) await rename(join(outdir, name, "index.mjs.map"), join(outdir, "maps", `${name}.mjs.map`));
}
