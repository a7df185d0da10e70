// The browser, and six variants: desktop or phone, light or dark, with or without JavaScript.

import { devices, type PlaywrightTestConfig, type PlaywrightTestOptions } from "@playwright/test";

const chrome = process.env.CHROME;
if (!chrome) {
  throw new Error("CHROME must name a Chromium; `cargo xtask test --only browser` sets it");
}

// Chromium's sandbox cannot start as root, the usual user in a container.
const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** Settings that all Playwright configurations here share. */
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
      // Playwright turns the back/forward cache off; people's browsers have it, so Back is tested with it.
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
      args: [
        ...asRoot,
        "--disable-gpu",
        "--disable-quic",
        // Requests to the browser's vendor would make tests depend on the network, and reveal them.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // Only this machine can be reached, whatever a page requests.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
    },
  },
} satisfies PlaywrightTestConfig;

const desktop = { viewport: { width: 1280, height: 800 } };
const { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch } = devices["Pixel 7"]!;
const phone = { viewport, userAgent, deviceScaleFactor, isMobile, hasTouch };

/** The six variants. */
export const variants = {
  "desktop-light": { ...desktop, colorScheme: "light" },
  "desktop-dark": { ...desktop, colorScheme: "dark" },
  "phone-light": { ...phone, colorScheme: "light" },
  "phone-dark": { ...phone, colorScheme: "dark" },
  "desktop-no-js": { ...desktop, colorScheme: "light", javaScriptEnabled: false },
  "phone-no-js": { ...phone, colorScheme: "light", javaScriptEnabled: false },
} satisfies Record<string, Partial<PlaywrightTestOptions>>;
