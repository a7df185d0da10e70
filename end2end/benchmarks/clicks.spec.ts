// Time from the click on a link until the next page is painted. The program and its chunks are loaded
// already: each link is clicked a few times before the measurement begins.

import type { Locator, Page } from "@playwright/test";

import { header } from "../fixtures/account";
import { createStudioData } from "../fixtures/studio_data";
import { expect, test } from "../fixtures/test";
import { print } from "./figures";

/** Number of round trips before the measurement, and of measured round trips. */
const WARM = 3;
const PAIRS = 10;

test("public pages", async ({ page, visit, catalogue }) => {
  await visit("/videos");
  const there = page.getByRole("main").locator(`a[href="${catalogue.video}"]`).first();
  const back = header(page).getByRole("link", { name: "Videos" });
  await measure("public", page, there, back);
});

test("pages of the studio", async ({ page, context, visit, signedIn }) => {
  expect(signedIn.emailAddress).toBeTruthy();
  const { products } = await createStudioData(context.request);
  await visit("/studio/products");
  const main = page.getByRole("main");
  const there = main.locator(`a[href="/studio/products/${products[0]}"]`).first();
  const back = main.getByRole("navigation").locator('a[href="/studio/products"]').first();
  await measure("studio", page, there, back);
});

async function measure(area: string, page: Page, there: Locator, back: Locator): Promise<void> {
  const samples: number[] = [];
  for (let round = 0; round < WARM + PAIRS; round += 1) {
    const times = [await click(page, there), await click(page, back)];
    if (round >= WARM) samples.push(...times);
  }
  print({ claim: `click to painted page, ${area}`, aim: 80, unit: " ms", samples });
}

/** Clicks a link and returns the milliseconds until the next page is painted. Throws if the browser loads
 * a new document, because that discards the measuring script. */
async function click(page: Page, link: Locator): Promise<number> {
  const painted = page.evaluate(untilPainted);
  await link.click();
  return painted;
}

/** Resolves after the first frame with another heading. Runs in the page. */
function untilPainted(): Promise<number> {
  const heading = (): string => document.querySelector("main h1")?.textContent ?? "";
  const before = heading();
  return new Promise((resolve) => {
    const begin = ({ timeStamp }: Event): void => {
      const look = (): void => {
        if (heading() === "" || heading() === before) {
          requestAnimationFrame(look);
          return;
        }
        // A message that is posted in an animation frame arrives after the frame is painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - timeStamp);
        port2.postMessage("");
      };
      requestAnimationFrame(look);
    };
    addEventListener("click", begin, { capture: true, once: true });
  });
}
