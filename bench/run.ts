import { cpus } from "node:os";
import { bundleFunctions } from "../bin/bundling.ts";
import { freePort } from "../test/free-port.ts";
import { coldStarts } from "./cold-start.ts";
import { pdfOf } from "./documents.ts";
import { embeddedAws } from "./embedded.ts";
import { FIRST_REQUESTS } from "./first-requests.ts";
import { immediatePorts } from "./immediate.ts";
import { inPage } from "./in-page.ts";
import { interleave, type Timing } from "./interleave.ts";
import { machineLimit, machineLimitChecked, machineLimitWithToken, machineSha256 } from "./machine.ts";
import { printLine, printTable, type Row, ratio, saveBaseline } from "./report.ts";
import { fileOnly, wholeSignature, wholeSignatureChecked, wholeSignatureWithToken } from "./signing.ts";
import { bundleSizes, siteSizes } from "./sizes.ts";
import { startTimes } from "./start-time.ts";
import { verifierBundle } from "./verifier-bundle.ts";
import { peers, pureEcdsa, signedPdf, signedPdfs, verification, verificationLimit } from "./verifying.ts";

/**
 * `npm run bench`: what the service costs beside what the machine can do at all, both measured in this run, turn by turn.
 *
 * A ratio of 0.6 against the machine's limit means: of the time that one signature takes, 60 % is the P-256 key, the three
 * signatures and the SHA-256 that nobody can do without. One JSON line a case, then a table of the ratios; the absolute numbers
 * are of this machine and of this hour.
 */
const SMALL = 100_000;
const LARGE = 10_000_000;
const HUGE = 50_000_000;

const rows: Row[] = [];
const put = (row: Row): void => {
  rows.push(row);
  printLine(row);
};

await signatures();
await largeFiles();
await verifying();
await starts();
for (const row of await inPage()) put(row);
if (process.argv.includes("--save"))
  saveBaseline(rows, `Node ${process.versions.node}, ${cpus()[0]?.model ?? "unknown"}`);
printTable(rows);

async function signatures(): Promise<void> {
  const pdf = pdfOf(SMALL, 40);
  const world = await immediatePorts();
  const [limit, limitWithToken] = [machineLimit("limit", pdf), machineLimitWithToken("limit with token", pdf)];
  const plain = machineLimit("plain limit", pdf, "spki");
  const whole = await wholeSignature("whole", pdf, world);
  const withToken = await wholeSignatureWithToken("with token", pdf, world);
  const [limitChecked, checked] = [
    machineLimitChecked("limit checked", pdf),
    await wholeSignatureChecked("checked", pdf, world),
  ];
  const cases = [limit, plain, whole, limitWithToken, withToken, limitChecked, checked];
  const times = await interleave(cases, { rounds: 20, slice: 200 });
  const perSecond = (timing: Timing) => 1e6 / timing.median;
  const [bound, signing, boundToken, signingToken] = [limit, whole, limitWithToken, withToken].map(({ name }) =>
    of(times, name),
  );
  if (!bound || !signing || !boundToken || !signingToken) return;
  put({ name: "limit: 1 key, 3 signatures, SHA-256 of 100 KB", value: perSecond(bound), unit: "1/s" });
  const share = bound.median / signing.median;
  put({
    name: "sign 100 KB, B-T",
    value: perSecond(signing),
    unit: "1/s",
    ratio: ratio(share, "limit", { atLeast: 0.6 }),
  });
  const plainLimit = of(times, plain.name);
  put({ name: "limit with the public key as SPKI", value: perSecond(plainLimit), unit: "1/s" });
  put({
    name: "sign 100 KB, B-T, beside the limit with SPKI",
    value: perSecond(signing),
    unit: "1/s",
    ratio: ratio(plainLimit.median / signing.median, "limit with the public key as SPKI"),
  });
  put({
    name: "sign 100 KB, B-T, judged before it is handed out",
    value: perSecond(of(times, checked.name)),
    unit: "1/s",
    ratio: ratio(of(times, limitChecked.name).median / of(times, checked.name).median, "limit with five verifications"),
  });
  put({ name: "limit with one verification more", value: perSecond(boundToken), unit: "1/s" });
  const shareToken = boundToken.median / signingToken.median;
  put({
    name: "sign 100 KB, B-T, identity token judged",
    value: perSecond(signingToken),
    unit: "1/s",
    ratio: ratio(shareToken, "limit with one verification more"),
  });
}

async function largeFiles(): Promise<void> {
  const cases = [
    { name: "10 MB in 400 objects", pdf: pdfOf(LARGE, 400), bound: { atLeast: 0.7 } },
    // Nothing is promised here: a table of 20,000 rows has to be read as well.
    { name: "10 MB in 20,000 objects", pdf: pdfOf(LARGE, 20_000) },
  ];
  for (const { name, pdf, bound } of cases) {
    const [hash, file] = [machineSha256("sha", pdf), fileOnly("file", pdf)];
    const times = await interleave([hash, file], { rounds: 15, slice: 120 });
    const [bare, all] = [of(times, "sha"), of(times, "file")];
    put({ name: `SHA-256 of ${name}`, value: pdf.length / bare.median, unit: "MB/s" });
    put({
      name: `prepare, digest, embed: ${name}`,
      value: pdf.length / all.median,
      unit: "MB/s",
      ratio: ratio(bare.median / all.median, "SHA-256 alone", bound),
    });
  }
}

async function verifying(): Promise<void> {
  const world = await immediatePorts();
  const [files, large] = [await signedPdfs(pdfOf(SMALL, 40), world), await signedPdf(pdfOf(HUGE, 400), world)];
  const [small] = files;
  const [limit, whole] = [verificationLimit("limit", files), verification("whole", files)];
  const [hash, ecdsa] = [machineSha256("sha", small.pdf), pureEcdsa("ecdsa")];
  const times = await interleave([limit, whole, hash, ecdsa], { rounds: 20, slice: 200 });
  const [bound, all, hashing, signatures] = [limit, whole, hash, ecdsa].map(({ name }) => of(times, name).median);
  if (!bound || !all || !hashing || !signatures) return;
  put({ name: "verification limit: SHA-256 of 100 KB, 5 ECDSA, 1 key read", value: bound / 1000, unit: "ms" });
  const share = ratio(bound / all, "limit", { atLeast: 0.5 });
  put({ name: "verify 100 KB, B-T", value: all / 1000, unit: "ms", ratio: share });
  put({ name: "of that: SHA-256", value: hashing / 1000, unit: "ms", ratio: ratio(hashing / all, "verify 100 KB") });
  put({
    name: "of that: ECDSA",
    value: signatures / 1000,
    unit: "ms",
    ratio: ratio(signatures / all, "verify 100 KB"),
  });
  const others = peers(small);
  for (const [name, value] of [
    ["pdfsig, a process of its own", others.pdfsig],
    ["pyHanko, in process", others.pyhanko],
  ] as const) {
    if (value === undefined) console.error(`${name}: not installed, not measured`);
    else put({ name, value, unit: "ms", ratio: ratio((1000 * value) / all, "verify 100 KB") });
  }
  const [bare, huge] = [machineSha256("sha", large.pdf), verification("huge", [large])];
  const long = await interleave([bare, huge], { rounds: 9, slice: 300 });
  put({
    name: "verify 50 MB",
    value: large.pdf.length / of(long, "huge").median,
    unit: "MB/s",
    ratio: ratio(of(long, "sha").median / of(long, "huge").median, "SHA-256 alone", { atLeast: 0.7 }),
  });
  for (const row of await verifierBundle()) put(row);
}

async function starts(): Promise<void> {
  const { empty, again } = await startTimes(5);
  put({ name: "start of the whole service, empty state", value: empty, unit: "ms" });
  put({ name: "start of the whole service, again", value: again, unit: "ms" });
  await bundleFunctions("dist");
  const aws = await embeddedAws(await freePort(), await freePort());
  try {
    const [bare, ...functions] = await coldStarts(FIRST_REQUESTS, aws.environment, 9);
    if (bare === undefined) return;
    put({ name: "first response: empty handler", value: bare.milliseconds, unit: "ms" });
    for (const { name, milliseconds, status } of functions) {
      const multiple = ratio(milliseconds / bare.milliseconds, "empty handler", { atMost: 6 });
      put({
        name: `first response: ${name}`,
        value: milliseconds,
        unit: "ms",
        ratio: multiple,
        note: `HTTP ${status}`,
      });
    }
  } finally {
    await aws.close();
  }
  for (const row of bundleSizes()) put(row);
  for (const row of await siteSizes()) put(row);
}

function of(times: ReadonlyMap<string, Timing>, name: string): Timing {
  const timing = times.get(name);
  if (timing === undefined) throw new Error(`${name} was not measured`);
  return timing;
}
