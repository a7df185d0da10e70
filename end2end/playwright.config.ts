// Which tests run in which look. A test says by its tags where it makes sense:
// no tag: desktop and phone, with JavaScript, and desktop without · @everywhere: all six looks ·
// @look: the four looks with JavaScript · @js: only with it · @no-js: only without it ·
// @desktop: not on the phone · @once: only desktop with JavaScript, because nothing else matters.

import { defineConfig } from "@playwright/test";

import { common, looks } from "./looks";

export default defineConfig({
  ...common,
  testDir: "tests",
  projects: [
    { name: "desktop-light", use: looks["desktop-light"], grepInvert: /@no-js/ },
    { name: "phone-light", use: looks["phone-light"], grepInvert: /@no-js|@once|@desktop/ },
    { name: "desktop-dark", use: looks["desktop-dark"], grep: /@everywhere|@look/ },
    { name: "phone-dark", use: looks["phone-dark"], grep: /@everywhere|@look/ },
    { name: "desktop-no-js", use: looks["desktop-no-js"], grepInvert: /@js|@once|@look/ },
    { name: "phone-no-js", use: looks["phone-no-js"], grep: /@everywhere|@no-js/ },
  ],
});
