// Which tests run in which look. A test says by its tags where it makes sense:
// no tag: in light looks, with and without JavaScript · @everywhere: in all six looks ·
// @look: in the four looks with JavaScript · @js: only with it · @no-js: only without it ·
// @once: on the desktop with JavaScript, because the look changes nothing.

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

export default defineConfig({
  ...common,
  testDir: "tests",
  projects: [
    { name: "desktop-light", use: looks["desktop-light"], grepInvert: /@no-js/ },
    { name: "phone-light", use: looks["phone-light"], grepInvert: /@no-js|@once/ },
    { name: "desktop-dark", use: looks["desktop-dark"], grep: /@everywhere|@look/ },
    { name: "phone-dark", use: looks["phone-dark"], grep: /@everywhere|@look/ },
    { name: "desktop-no-js", use: looks["desktop-no-js"], grepInvert: /@js|@once|@look/ },
    { name: "phone-no-js", use: looks["phone-no-js"], grepInvert: /@js|@once|@look/ },
  ],
});
