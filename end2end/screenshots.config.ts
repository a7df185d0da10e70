// Screenshots of every page in every look, for people to judge; `cargo xtask test` does not run it.
// npx playwright test --config screenshots.config.ts [--project desktop-dark]

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

export default defineConfig({
  ...common,
  testDir: "screenshots",
  outputDir: "test-results/failures",
  projects: Object.entries(looks).map(([name, use]) => ({ name, use })),
});
