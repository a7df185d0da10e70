// The journeys: tests that write in one page and read in a later one. They run on Elasticsearch, too.
// The other tests are about one page, about moving between pages or about an answer that fails.

import { existsSync } from "node:fs";
import { join } from "node:path";

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

const accounts = ["account/**", "accounts/**", "sessions/**"];
const catalogue = ["studio/creator.spec.ts", "catalogue/visitor.spec.ts"];
const forms = ["studio/check.spec.ts", "studio/player.spec.ts", "studio/rows.spec.ts"];
const crash = ["error_page.spec.ts"];

// A pattern that matches nothing would leave its tests out in silence.
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
      use: looks["desktop-light"],
      testMatch: [...accounts, ...catalogue, ...forms, ...crash].map((path) => `**/tests/${path}`),
      grepInvert: /@no-js/,
    },
    // A form does the same without JavaScript as with it. What differs is that a whole page is asked
    // for right after a save, and must show it.
    {
      name: "desktop-no-js",
      use: looks["desktop-no-js"],
      testMatch: catalogue.map((path) => `**/tests/${path}`),
      grepInvert: /@js|@once/,
    },
  ],
});
