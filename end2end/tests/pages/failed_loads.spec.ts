// Client-side navigation to a page whose data arrives late or not at all.

import type { Route } from "@playwright/test";

import { header } from "../../fixtures/account";
import { deferred } from "../../fixtures/deferred";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { expect, test } from "../../fixtures/test";

const LIST = "**/api/read/list";
const UNAVAILABLE = { status: 503, contentType: "application/json", body: '{"unavailable":5}' };

const asksFor = (route: Route, kind: string): boolean =>
  (route.request().postDataJSON() as { kind: string }).kind === kind;

test.describe("a page that comes late", { tag: ["@js", "@once"] }, () => {
  test("leaves the one before it until then, which says that it waits", async ({ page, visit }) => {
    const { released, release } = deferred();
    await page.route(LIST, async (route) => {
      await released;
      await route.continue();
    });
    await visit("/");
    await header(page).getByRole("link", { name: "Videos", exact: true }).click();
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Where did you get that/);
    await expect(page).toHaveTitle("Show where it is from · Inspired");
    release();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
  });

  test("is not shown when another one was clicked since", async ({ page, visit }) => {
    const { released, release } = deferred();
    await page.route(LIST, async (route) => {
      if (asksFor(route, "video")) await released;
      await route.continue();
    });
    await visit("/");
    await markDocument(page);
    await header(page).getByRole("link", { name: "Videos", exact: true }).click();
    await header(page).getByRole("link", { name: "Artists", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Artists");
    const late = page.waitForEvent("requestfinished", (request) =>
      Boolean(request.postData()?.includes("video")),
    );
    release();
    await late;
    await expect(page).toHaveURL("/artists");
    await expect(page).toHaveTitle("Artists · Inspired");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Artists"]);
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
    await page.goBack();
    await expect(page).toHaveURL("/");
    expect(await isSameDocument(page)).toBe(true);
  });
});

test("a page of the same kind that comes late leaves the one before it, which says that it waits", {
  tag: ["@js", "@once"],
}, async ({ page, visit, catalogue }) => {
  const { released, release } = deferred();
  await page.route("**/api/read/product", async (route) => {
    await released;
    await route.continue();
  });
  await visit(catalogue.product);
  await page.getByRole("link", { name: /^Aluminium pan/ }).click();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Carbon steel pan, 28 cm");
  release();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Aluminium pan, 28 cm");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
});

test.describe("results that come late", { tag: ["@js", "@once"] }, () => {
  test("do not follow to the page that was clicked since", async ({ page, visit, catalogue: _ }) => {
    const { released, release } = deferred();
    await page.route("**/api/read/search", async (route) => {
      await released;
      await route.continue();
    });
    await visit("/search");
    const asked = page.waitForRequest("**/api/read/search");
    await page.getByRole("searchbox").fill("pan");
    await asked;
    await header(page).getByRole("link", { name: "Videos", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    const late = page.waitForEvent("requestfinished", (request) => request.url().endsWith("/search"));
    release();
    await late;
    await expect(page).toHaveURL("/videos");
    await expect(page).toHaveTitle("Videos · Inspired");
    await page.goBack();
    await expect(page).toHaveURL("/search?q=pan");
    await expect(page.locator("mark").first()).toBeVisible();
    await expect(page).toHaveTitle("“pan” · Inspired");
  });
});

test.describe("a page that cannot be read", { tag: ["@js", "@once"] }, () => {
  const troubles: [string, (route: Route) => Promise<void>][] = [
    ["the network fails", (route) => route.abort("failed")],
    ["the store is down", (route) => route.fulfill(UNAVAILABLE)],
  ];
  for (const [what, refuse] of troubles) {
    test(`because ${what} says so in place, and can be asked for again`, async ({
      page,
      browserLog,
      visit,
    }) => {
      browserLog.allow(/ERR_FAILED/);
      await page.route(LIST, refuse);
      await visit("/");
      await markDocument(page);
      await header(page).getByRole("link", { name: "Videos", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(["We cannot get at our records"]);
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      await expect(page).toHaveURL("/videos");
      await expect(page).toHaveTitle("Not now · Inspired");
      expect(await isSameDocument(page)).toBe(true);
      await page.unroute(LIST);
      await page.getByRole("link", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
      await expect(page).toHaveURL("/videos");
      await page.goBack();
      await expect(page).toHaveURL("/");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Where did you get that/);
    });
  }

  test("after Back says so in place, and is shown when it is asked for again", async ({
    page,
    browserLog,
    visit,
  }) => {
    browserLog.allow(/ERR_FAILED/);
    await visit("/videos");
    await header(page).getByRole("link", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL("/search");
    await page.route(LIST, (route) => route.abort("failed"));
    await page.goBack();
    await expect(page).toHaveURL("/videos");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["We cannot get at our records"]);
    await page.unroute(LIST);
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    await page.goForward();
    await expect(page).toHaveURL("/search");
  });

  test("of the same kind as the one before says so in place", async ({
    page,
    browserLog,
    visit,
    catalogue,
  }) => {
    browserLog.allow(/ERR_FAILED/);
    await page.route("**/api/read/product", (route) => route.abort("failed"));
    await visit(catalogue.product);
    await markDocument(page);
    await page.getByRole("link", { name: /^Aluminium pan/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["We cannot get at our records"]);
    await expect(page).toHaveURL(/aluminium-pan-28-cm$/);
    await page.unroute("**/api/read/product");
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Carbon steel pan, 28 cm");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("because it is not what the program expects is loaded whole", async ({ page, visit }) => {
    await page.route(LIST, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Proxy</h1>" }));
    await visit("/");
    await markDocument(page);
    await header(page).getByRole("link", { name: "Videos", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    await expect(page).toHaveURL("/videos");
    expect(await isSameDocument(page)).toBe(false);
    await page.goBack();
    await expect(page).toHaveURL("/");
  });
});
