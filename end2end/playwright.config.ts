// Which tests run in which look. Tags on a test:
// no tag: on a desktop, with and without JavaScript
// @phone: also on a phone, because its subject is laid out or touched differently there
// @everywhere: in all six looks
// @look: desktop and phone, light and dark, with JavaScript
// @js: only with JavaScript
// @no-js: only without JavaScript
// @desktop: not on a phone, although its group is
// @once: only on a desktop with JavaScript, because no look makes a difference

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

export default defineConfig({
  ...common,
  testDir: "tests",
  projects: [
    { name: "desktop-light", use: looks["desktop-light"], grepInvert: /@no-js/ },
    {
      name: "phone-light",
      use: looks["phone-light"],
      grep: /@everywhere|@look|@phone/,
      grepInvert: /@no-js|@desktop/,
    },
    { name: "desktop-dark", use: looks["desktop-dark"], grep: /@everywhere|@look/ },
    { name: "phone-dark", use: looks["phone-dark"], grep: /@everywhere|@look/ },
    { name: "desktop-no-js", use: looks["desktop-no-js"], grepInvert: /@js|@once|@look/ },
    { name: "phone-no-js", use: looks["phone-no-js"], grep: /@everywhere|@no-js/ },
  ],
});
