// Screenshots of every page in every variant, for people to judge; `cargo xtask test` does not run it.
// npx playwright test --config screenshots.config.ts [--project desktop-dark]

import { defineConfig } from "@playwright/test";

import { common, variants } from "./variants";

export default defineConfig({
  ...common,
  testDir: "screenshots",
  outputDir: "test-results/failures",
  projects: Object.entries(variants).map(([name, use]) => ({ name, use })),
});
