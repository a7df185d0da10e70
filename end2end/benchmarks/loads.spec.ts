// Page loads on a slow network and a slow processor, with an empty browser cache.

import type { BrowserContext } from "@playwright/test";

import { createAccount, newPerson, startSession } from "../fixtures/account";
import { createStudioData } from "../fixtures/studio_data";
import { test } from "../fixtures/test";
import { print } from "./figures";

/** Number of measured loads of each page. */
const LOADS = 5;

/** Chromium's "slow 3G": 400 kbit/s in each direction, in bytes per second, and 400 ms latency. */
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};

/** Factor by which Chromium slows the processor down. */
const CPU_RATE = 4;

/** Measurements of one page load. */
interface Load {
  /** Milliseconds until the first text or image is painted (first contentful paint). */
  paint: number;
  /** Milliseconds until the page is hydrated. */
  hydration: number;
  /** Cumulative layout shift, without unit. */
  shift: number;
}

declare global {
  interface Window {
    /** Resolves when the page is hydrated, with the milliseconds since the navigation began. */
    hydration: Promise<number>;
    layoutShift: number;
  }
}

/** Prepares the browser context for a load (cookies, session) and returns the path of the page. */
type Prepare = (context: BrowserContext) => string | Promise<string>;

test.describe("slow 3G, CPU ÷ 4", () => {
  const measure = (name: string, prepare: (video: string) => Prepare): void => {
    test(name, async ({ browser, server, catalogue }) => {
      const loads: Load[] = [];
      for (let load = 0; load < LOADS; load += 1) {
        const context = await browser.newContext({ baseURL: server.url });
        loads.push(await loadSlowly(context, await prepare(catalogue.video)(context)));
        await context.close();
      }
      const claim = (what: string): string => `slow 3G, CPU ÷ ${CPU_RATE}, ${name}: ${what}`;
      const seconds = (of: (load: Load) => number): number[] => loads.map((load) => of(load) / 1000);
      const shifts = loads.map(({ shift }) => shift);
      print({ claim: claim("first paint"), aim: 1.6, unit: " s", samples: seconds((load) => load.paint) });
      print({ claim: claim("alive"), aim: 6, unit: " s", samples: seconds((load) => load.hydration) });
      print({ claim: claim("layout shift"), aim: 0, unit: "", samples: shifts });
    });
  };

  measure("login page", () => () => "/login");
  measure("public video page", (video) => () => video);
  measure("studio form", () => async (context) => {
    const person = newPerson();
    await createAccount(context.request, person);
    await startSession(context.request, person);
    const { products } = await createStudioData(context.request);
    return `/studio/products/${products[0]}`;
  });
});

async function loadSlowly(context: BrowserContext, path: string): Promise<Load> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", SLOW_3G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU_RATE });
  await page.addInitScript(observe);
  await page.goto(path, { waitUntil: "commit" });
  return page.evaluate(async () => {
    const hydration = await window.hydration;
    // A layout shift caused by hydration is reported in the next frame.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
    return { paint, hydration, shift: window.layoutShift };
  });
}

/** Registers the observers. Runs in the page before any other script. */
function observe(): void {
  window.hydration = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.documentElement?.dataset.hydrated === undefined) return;
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-hydrated"] });
  });
  window.layoutShift = 0;
  const shifts = new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) window.layoutShift += (entry as LayoutShift).value;
  });
  shifts.observe({ type: "layout-shift", buffered: true });
}

/** The entry type `layout-shift`, which TypeScript's DOM library lacks. */
interface LayoutShift extends PerformanceEntry {
  value: number;
}
