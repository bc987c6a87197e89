import { defineConfig } from "vitest/config";

const report = process.env.MOTLAN_TEST_REPORT;

// One process and one module graph: the suites share warmed-up keys and an embedded service, and the machine has two cores.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    fileParallelism: false,
    // SLOW=1 runs each property a hundred times as often.
    // Ten times what the slowest takes on an idle machine: a laden one must not turn a slow test into a failed one.
    testTimeout: process.env.SLOW ? 600_000 : 90_000,
    hookTimeout: 120_000,
    // CI reads the numbers from here (.ci/run).
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
