// Figures of pages in a browser, for `cargo xtask bench --browser`; no test of `cargo xtask test`.

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

export default defineConfig({
  ...common,
  testDir: "benchmarks",
  // Two pages at once would measure each other.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  reporter: [["line"]],
  projects: [{ name: "desktop-light", use: looks["desktop-light"] }],
});
