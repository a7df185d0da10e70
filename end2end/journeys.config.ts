// Journeys: tests that write on one page and read on a later one. They run on Elasticsearch, too. The
// other tests are about a single page, about navigation between pages or about responses that fail.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { defineConfig } from "@playwright/test";

import { common, variants } from "./variants";

const accounts = ["account/**", "accounts/**", "sessions/**"];
const catalogue = ["studio/creator.spec.ts", "catalogue/visitor.spec.ts"];
const forms = ["studio/field_checks.spec.ts", "studio/player.spec.ts", "studio/rows.spec.ts"];
const crash = ["error_page.spec.ts"];

// A pattern without a match would drop its tests silently.
for (const path of [...accounts, ...catalogue, ...forms, ...crash]) {
  if (!existsSync(join(__dirname, "tests", path.replace("/**", "")))) {
    throw new Error(`tests/${path}, which journeys.config.ts names, is not there`);
  }
}

export default defineConfig({
  ...common,
  testDir: "tests",
  projects: [
    {
      name: "desktop-light",
      use: variants["desktop-light"],
      testMatch: [...accounts, ...catalogue, ...forms, ...crash].map((path) => `**/tests/${path}`),
      grepInvert: /@no-js/,
    },
    // Plain forms are tested on the embedded store. Only the next page, which must already show what was
    // saved, depends on the store.
    {
      name: "desktop-no-js",
      use: variants["desktop-no-js"],
      testMatch: catalogue.map((path) => `**/tests/${path}`),
      grepInvert: /@js|@once/,
    },
  ],
});
