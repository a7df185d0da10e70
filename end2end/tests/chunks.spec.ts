// Pages whose code is in a WebAssembly chunk of its own. With the chunk, a page is like any other; without
// it, the page is not hydrated, and everything on it works as without JavaScript.

import type { Locator, Page, Request, Response } from "@playwright/test";

import { header } from "../fixtures/account";
import type { BrowserLog } from "../fixtures/browser_log";
import { isSameDocument, markDocument } from "../fixtures/document";
import { expect, test } from "../fixtures/test";

const CHUNK = "**/split_public.wasm";

/** Responses with the chunk, as they arrive. */
function answers(page: Page): Response[] {
  const seen: Response[] = [];
  page.on("response", (response) => {
    if (response.url().endsWith("/split_public.wasm")) seen.push(response);
  });
  return seen;
}

/** Requests for the chunk, as they are sent. */
function requests(page: Page): Request[] {
  const seen: Request[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/split_public.wasm")) seen.push(request);
  });
  return seen;
}

async function lose(page: Page, browserLog: BrowserLog): Promise<void> {
  browserLog.allow(/^asset: 404 .*\/split_public\.wasm$/);
  browserLog.allow(/^console error: (Failed to load resource|TypeError): .*(404|HTTP status code)/);
  await page.route(CHUNK, (route) => route.fulfill({ status: 404, body: "" }));
}

function videosLink(page: Page): Locator {
  return header(page).getByRole("link", { name: "Videos" });
}

function videos(page: Page): Promise<void> {
  return videosLink(page).click();
}

/** Hovers over the link and focuses it; resolves when the requests that this causes are sent. */
async function comeNear(page: Page): Promise<void> {
  await videosLink(page).hover();
  await videosLink(page).focus();
  // The browser reports requests in the order in which they are sent.
  await page.evaluate(() => fetch("/healthz"));
}

/** Expects that every link loads a document and that the browser submits the forms. */
async function expectPlainAndWhole(page: Page): Promise<void> {
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  await header(page).getByRole("link", { name: "Search" }).click();
  await page.getByRole("searchbox").fill("lamp");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL("/search?q=lamp");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Search");
}

test.describe("a chunk of the program", { tag: "@js" }, () => {
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
    await markDocument(page);
    await videos(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    expect(seen.map((answer) => answer.status())).toEqual([200]);
    expect(await isSameDocument(page)).toBe(true);
  });

  test("leaves a page that works when it is not there", async ({ page, browserLog }) => {
    await lose(page, browserLog);
    const seen = answers(page);
    await page.goto("/videos");
    await expect.poll(() => seen.length).toBeGreaterThan(0);
    await expectPlainAndWhole(page);
  });

  test("leads to a whole page when it is not there for a link, and for Back", async ({
    page,
    browserLog,
    visit,
  }) => {
    await page.goto("/videos");
    await lose(page, browserLog);
    await visit("/login");
    const loaded = page.waitForEvent("load");
    await videos(page);
    await loaded;
    await expect(page).toHaveURL("/videos");
    await expectPlainAndWhole(page);
  });
});

test.describe("the chunk behind a link", { tag: "@js" }, () => {
  const ways: [string, (link: Locator) => Promise<void>][] = [
    ["a pointer is over it", (link) => link.hover()],
    ["the focus is on it", (link) => link.focus()],
  ];
  for (const [way, come] of ways) {
    test(`is fetched when ${way}, and not again by a click`, async ({ page, visit }) => {
      const [sent, seen] = [requests(page), answers(page)];
      await visit("/login");
      await come(videosLink(page));
      await expect.poll(() => seen.map((answer) => answer.status())).toEqual([200]);
      await expect(page).toHaveURL("/login");
      await videos(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
      expect(sent).toHaveLength(1);
    });
  }

  test("is fetched by a touch that has not become a tap yet", async ({ page, visit }) => {
    const sent = requests(page);
    await visit("/login");
    const box = await videosLink(page).boundingBox();
    const devices = await page.context().newCDPSession(page);
    const touchPoints = [{ x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }];
    await devices.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints });
    await expect.poll(() => sent.length).toBe(1);
    await devices.send("Input.dispatchTouchEvent", { type: "touchCancel", touchPoints: [] });
    await expect(page).toHaveURL("/login");
  });

  test("is not fetched for a link to a page without one", async ({ page, visit }) => {
    const sent = requests(page);
    await visit("/login");
    await header(page).getByRole("link", { name: "Sign up" }).hover();
    await page.evaluate(() => fetch("/healthz"));
    expect(sent).toEqual([]);
  });

  const savings: [string, () => void][] = [
    [
      "the browser",
      () => Object.defineProperty(navigator, "connection", { value: { saveData: true } }),
    ],
    [
      "the system",
      () => {
        const { matchMedia } = window;
        // Chromium supports this media query only behind a flag.
        window.matchMedia = (query) =>
          matchMedia.call(window, query === "(prefers-reduced-data: reduce)" ? "all" : query);
      },
    ],
  ];
  for (const [who, save] of savings) {
    test(`is left to the click when ${who} saves data`, async ({ page, visit }) => {
      await page.addInitScript(save);
      const sent = requests(page);
      await visit("/login");
      await comeNear(page);
      expect(sent).toEqual([]);
      await videos(page);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
      expect(sent).toHaveLength(1);
    });
  }

  test("is asked for once when it is not there, and by the click", async ({
    page,
    browserLog,
    visit,
  }) => {
    await lose(page, browserLog);
    const [sent, seen] = [requests(page), answers(page)];
    await visit("/login");
    await videosLink(page).hover();
    await expect.poll(() => seen.length).toBe(1);
    await comeNear(page);
    expect(sent).toHaveLength(1);
    const loaded = page.waitForEvent("load");
    await videos(page);
    await loaded;
    await expect(page).toHaveURL("/videos");
    await expectPlainAndWhole(page);
  });
});
