// Pages on a slow network and a slow processor, with nothing in the browser's cache.

import type { BrowserContext } from "@playwright/test";

import { createAccount, newPerson, startSession } from "../fixtures/account";
import { test } from "../fixtures/test";
import { createThings } from "../fixtures/things";
import { print } from "./figures";

/** Number of times that each page is loaded. */
const LOADS = 5;

/** 400 kbit/s in each direction, in bytes a second, and 400 ms until the first byte. */
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000,
  uploadThroughput: 50_000,
};

/** The processor is so many times as slow. */
const CPU_RATE = 4;

/** What a load was like. */
interface Load {
  /** Milliseconds until the first text or picture is painted. */
  paint: number;
  /** Milliseconds until the page is alive. */
  alive: number;
  /** The cumulative layout shift. */
  shift: number;
}

declare global {
  interface Window {
    /** Resolves when the page is alive, with the milliseconds since the navigation. */
    alive: Promise<number>;
    layoutShift: number;
  }
}

/** Gives the path of the page that is loaded; what it needs goes into the context before. */
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
      print({ claim: claim("alive"), aim: 6, unit: " s", samples: seconds((load) => load.alive) });
      print({ claim: claim("layout shift"), aim: 0, unit: "", samples: shifts });
    });
  };

  measure("login page", () => () => "/login");
  measure("public video page", (video) => () => video);
  measure("studio form", () => async (context) => {
    const person = newPerson();
    await createAccount(context.request, person);
    await startSession(context.request, person);
    const { products } = await createThings(context.request);
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
    const alive = await window.alive;
    // What shifts because the page has come alive is in the next frame.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
    return { paint, alive, shift: window.layoutShift };
  });
}

/** Runs in the page before anything else. */
function observe(): void {
  window.alive = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.documentElement?.dataset.alive === undefined) return;
      observer.disconnect();
      resolve(performance.now());
    });
    observer.observe(document, { subtree: true, attributes: true, attributeFilter: ["data-alive"] });
  });
  window.layoutShift = 0;
  const shifts = new PerformanceObserver((entries) => {
    for (const entry of entries.getEntries()) window.layoutShift += (entry as LayoutShift).value;
  });
  shifts.observe({ type: "layout-shift", buffered: true });
}

/** The library of TypeScript does not know it. */
interface LayoutShift extends PerformanceEntry {
  value: number;
}
