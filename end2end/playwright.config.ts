// Which tests run in which look. A test says by its tags where it makes sense:
// no tag: on a desktop, with JavaScript and without · @phone: on a phone, too, because what it is about
// is laid out or touched there · @everywhere: all six looks · @look: desktop and phone, with
// JavaScript, light and dark · @js: only with it · @no-js: only without it · @desktop: not on the
// phone, although what stands around it is · @once: only on a desktop with JavaScript, because
// nothing else matters.

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
