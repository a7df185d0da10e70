// The journeys: what people write in one page and read in a later one. They run on Elasticsearch, too.
// All else that a browser shows does not depend on where it is kept.

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

const accounts = ["account/**", "accounts/**", "sessions/**"];
const catalogue = ["studio/creator.spec.ts", "catalogue/visitor.spec.ts"];

export default defineConfig({
  ...common,
  testDir: "tests",
  projects: [
    {
      name: "desktop-light",
      use: looks["desktop-light"],
      testMatch: [...accounts, ...catalogue].map((path) => `**/tests/${path}`),
      grepInvert: /@no-js/,
    },
    // A form without JavaScript calls what it calls with it. What differs is the whole page that is
    // asked for right after a save, and must show it.
    {
      name: "desktop-no-js",
      use: looks["desktop-no-js"],
      testMatch: catalogue.map((path) => `**/tests/${path}`),
      grepInvert: /@js|@once/,
    },
  ],
});
