// The browser and the six ways in which people see the pages.

import { devices, type PlaywrightTestConfig, type PlaywrightTestOptions } from "@playwright/test";

const chrome = process.env.CHROME;
if (!chrome) {
  throw new Error("CHROME must name a Chromium; `cargo xtask test --only browser` sets it");
}

// Chromium's sandbox cannot start as root, which is what containers run as.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** What every configuration of Playwright here has in common. */
export const common = {
  outputDir: "test-results",
  forbidOnly: true,
  retries: 0,
  workers: "100%",
  fullyParallel: true,
  reporter: [["dot"]],
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: {
    locale: "en-GB",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chrome,
      // People's browsers keep pages that are left, and Back shows them; so must this one.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
      args: [
        ...asRoot,
        "--disable-gpu",
        "--disable-quic",
        // A browser that asks its maker for updates is neither repeatable nor private.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // Nothing but this machine can be reached, whatever a page asks for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    },
  },
} satisfies PlaywrightTestConfig;

const desktop = { viewport: { width: 1280, height: 800 } };
const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices["Pixel 7"]!;
const phone = { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch };

/** The six ways in which people see the pages. */
export const looks = {
  "desktop-light": { ...desktop, colorScheme: "light" },
  "desktop-dark": { ...desktop, colorScheme: "dark" },
  "phone-light": { ...phone, colorScheme: "light" },
  "phone-dark": { ...phone, colorScheme: "dark" },
  "desktop-no-js": { ...desktop, colorScheme: "light", javaScriptEnabled: false },
  "phone-no-js": { ...phone, colorScheme: "light", javaScriptEnabled: false },
} satisfies Record<string, Partial<PlaywrightTestOptions>>;
