// Pictures of every page in every look, for people to judge; no test of `cargo xtask test`.
// npx playwright test --config screenshots.config.ts [--project desktop-dark]

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

export default defineConfig({
  ...common,
  testDir: "screenshots",
  outputDir: "test-results/failures",
  projects: Object.entries(looks).map(([name, use]) => ({ name, use })),
});
