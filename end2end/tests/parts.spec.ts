// Pages whose code is a part of its own. With the part, a page is like any other; without it, the page
// stays as it came, and everything on it works as without JavaScript.

import type { Page, Response } from "@playwright/test";

import { header } from "../fixtures/account";
import { expect, test } from "../fixtures/test";
import type { Watch } from "../fixtures/watch";

const PART = "**/split_public.wasm";

/** The answers to requests for the part, as they come. */
function answers(page: Page): Response[] {
  const seen: Response[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/split_public.wasm")) seen.push(response);
  });
  return seen;
}

async function lose(page: Page, watch: Watch): Promise<void> {
  watch.allow(/^asset: 404 .*\/split_public\.wasm$/);
  watch.allow(/^console error: (Failed to load resource|TypeError): .*(404|HTTP status code)/);
  await page.route(PART, (route) => route.fulfill({ status: 404, body: "" }));
}

function videos(page: Page): Promise<void> {
  return header(page).getByRole("link", { name: "Videos" }).click();
}

/** Every link loads a page whole, and forms are sent by the browser. */
async function expectPlainAndWhole(page: Page): Promise<void> {
  await expect(page.locator("html")).not.toHaveAttribute("data-alive");
  await header(page).getByRole("link", { name: "Search" }).click();
  await page.getByRole("searchbox").fill("lamp");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL("/search?q=lamp");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Search");
}

test.describe("a part of the program", { tag: "@js" }, () => {
  test("is fetched once, with the page that needs it", async ({ page, visit }) => {
    const seen = answers(page);
    await visit("/videos");
    expect(seen.map((answer) => answer.status())).toEqual([200]);
    expect(await seen[0]?.headerValue("content-type")).toBe("application/wasm");
    await header(page).getByRole("link", { name: "Products" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Products");
    expect(seen).toHaveLength(1);
  });

  test("is not fetched by a page that does not need it, and then by a link to one that does", async ({
    page,
    visit,
  }) => {
    const seen = answers(page);
    await visit("/login");
    expect(seen).toEqual([]);
    await page.evaluate(() => Object.assign(window, { mark: true }));
    await videos(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    expect(seen.map((answer) => answer.status())).toEqual([200]);
    expect(await page.evaluate(() => "mark" in window)).toBe(true);
  });

  test("leaves a page that works when it is not there", async ({ page, watch }) => {
    await lose(page, watch);
    const seen = answers(page);
    await page.goto("/videos");
    await expect.poll(() => seen.length).toBeGreaterThan(0);
    await expectPlainAndWhole(page);
  });

  test("leads to a whole page when it is not there for a link, and for Back", async ({
    page,
    watch,
    visit,
  }) => {
    await page.goto("/videos");
    await lose(page, watch);
    await visit("/login");
    const loaded = page.waitForEvent("load");
    await videos(page);
    await loaded;
    await expect(page).toHaveURL("/videos");
    await expectPlainAndWhole(page);
  });
});
