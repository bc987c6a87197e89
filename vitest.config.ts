import { defineConfig } from "vitest/config";

// One process and one module graph: the suites share warmed-up keys and an embedded service, and the machine has two cores.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "threads",
    isolate: false,
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
