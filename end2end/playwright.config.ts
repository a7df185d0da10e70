// Which tests run in which variant. Tags on a test:
// no tag: on a desktop, with and without JavaScript
// @phone: also on a phone, because its subject is laid out or touched differently there
// @everywhere: in all six variants
// @variants: desktop and phone, light and dark, with JavaScript
// @js: only with JavaScript
// @no-js: only without JavaScript
// @desktop: not on a phone, although its group is
// @once: only on a desktop with JavaScript, because no variant makes a difference

import { defineConfig } from "@playwright/test";

import { common, variants } from "./variants";

export default defineConfig({
  ...common,
  testDir: "tests",
  projects: [
    { name: "desktop-light", use: variants["desktop-light"], grepInvert: /@no-js/ },
    {
      name: "phone-light",
      use: variants["phone-light"],
      grep: /@everywhere|@variants|@phone/,
      grepInvert: /@no-js|@desktop/,
    },
    { name: "desktop-dark", use: variants["desktop-dark"], grep: /@everywhere|@variants/ },
    { name: "phone-dark", use: variants["phone-dark"], grep: /@everywhere|@variants/ },
    { name: "desktop-no-js", use: variants["desktop-no-js"], grepInvert: /@js|@once|@variants/ },
    { name: "phone-no-js", use: variants["phone-no-js"], grep: /@everywhere|@no-js/ },
  ],
});
