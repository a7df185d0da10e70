// Benchmarks of pages in a browser, for `cargo xtask bench --browser`; `cargo xtask test` does not run them.

import { defineConfig } from "@playwright/test";

import { common, variants } from "./variants";

export default defineConfig({
  ...common,
  testDir: "benchmarks",
  // Two pages at once would distort each other's times.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  reporter: [["line"]],
  projects: [{ name: "desktop-light", use: variants["desktop-light"] }],
});
