// A search whose results follow the input.

import type { Locator, Page } from "@playwright/test";

import { header } from "../../fixtures/account";
import { deferred } from "../../fixtures/deferred";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { searches } from "../../fixtures/searches";
import { expect, test } from "../../fixtures/test";

const SEARCH = "**/api/read/search";

const words = (page: Page): Locator => page.getByRole("searchbox", { name: "Search for" });

/** The only result of `ferro`; no other search of this file finds it. */
const pan = (page: Page): Locator => page.getByRole("link", { name: "Carbon steel pan, 28 cm" });

test.describe("results", { tag: ["@js", "@once"] }, () => {
  test.beforeEach(async ({ catalogue: _ }) => {});

  test("follow the typing, and the address and the title with them", async ({ page, visit }) => {
    await visit("/");
    await header(page).getByRole("link", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL("/search");
    await markDocument(page);
    await words(page).pressSequentially("ferro", { delay: 50 });
    await expect(pan(page)).toBeVisible();
    await expect(page.getByRole("status")).toHaveText("1 result found");
    await expect(page).toHaveURL("/search?q=ferro");
    await expect(page).toHaveTitle("“ferro” · Inspired");
    await expect(words(page)).toBeFocused();
    await expect(words(page)).toHaveValue("ferro");
    expect(await isSameDocument(page)).toBe(true);
    // Typing replaces the history entry, so one step goes back to the page before the search.
    await page.goBack();
    await expect(page).toHaveURL("/");
  });

  test("and words are there again after Back", async ({ page, visit, catalogue }) => {
    await visit("/search");
    await markDocument(page);
    await words(page).fill("ferro");
    await pan(page).click();
    await expect(page).toHaveURL(catalogue.product);
    await page.goBack();
    await expect(page).toHaveURL("/search?q=ferro");
    await expect(pan(page)).toBeVisible();
    await expect(words(page)).toHaveValue("ferro");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("are those of what was typed last", async ({ page, visit }) => {
    const { released, release } = deferred();
    await page.route(SEARCH, async (route) => {
      if (route.request().postData()?.includes("q=vice")) await released;
      await route.continue().catch(() => undefined);
    });
    await visit("/search");
    const asked = searches(page);
    await words(page).fill("vice");
    await expect.poll(() => asked).toEqual(["vice"]);
    await words(page).fill("ferro");
    await expect(pan(page)).toBeVisible();
    const late = page.waitForEvent("requestfinished", (request) =>
      Boolean(request.postData()?.includes("q=vice")),
    );
    release();
    await late;
    await expect(page).toHaveURL("/search?q=ferro");
    await expect(page).toHaveTitle("“ferro” · Inspired");
    await expect(pan(page)).toBeVisible();
    await expect(page.getByRole("link", { name: "Bench vice" })).toHaveCount(0);
  });

  test("are asked for again after the network has failed", async ({ page, browserLog, visit }) => {
    browserLog.allow(/ERR_FAILED/);
    await visit("/search?q=vice");
    await markDocument(page);
    await page.route(SEARCH, (route) => route.abort("failed"));
    await words(page).fill("ferro");
    await expect(page.getByRole("alert")).toHaveText(/^We cannot be reached just now/);
    await expect(words(page)).toHaveValue("ferro");
    await expect(words(page)).toBeFocused();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Search"]);
    await page.unroute(SEARCH);
    await words(page).press("Enter");
    await expect(pan(page)).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page).toHaveURL("/search?q=ferro");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("of a kind are those of the same words, typed or followed", async ({ page, visit }) => {
    await visit("/search");
    await markDocument(page);
    await words(page).fill("pan");
    const kinds = page.getByRole("navigation", { name: "What to search in" });
    await kinds.getByRole("link", { name: "Products" }).click();
    await expect(page).toHaveURL("/search?q=pan&kind=product");
    await expect(words(page)).toHaveValue("pan");
    await expect(kinds.getByRole("link", { name: "Products" })).toHaveAttribute("aria-current", "page");
    await words(page).fill("ferro");
    await expect(page).toHaveURL("/search?q=ferro&kind=product");
    await expect(page.getByRole("status")).toHaveText("1 result found");
    await kinds.getByRole("link", { name: "Everything" }).click();
    await expect(page).toHaveURL("/search?q=ferro");
    await expect(words(page)).toHaveValue("ferro");
    await page.goBack();
    await expect(page).toHaveURL("/search?q=ferro&kind=product");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("are gone on the search that a link leads to anew", async ({ page, visit }) => {
    await visit("/search?q=ferro");
    await markDocument(page);
    await header(page).getByRole("link", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL("/search");
    await expect(words(page)).toHaveValue("");
    await expect(page.getByText("Type what you remember")).toBeVisible();
    await expect(page).toHaveTitle("Search · Inspired");
    await page.goBack();
    await expect(words(page)).toHaveValue("ferro");
    await expect(pan(page)).toBeVisible();
    expect(await isSameDocument(page)).toBe(true);
  });
});

test("a search is sent without the program, too", { tag: "@no-js" }, async ({ page, visit, catalogue: _ }) => {
  await visit("/search?kind=product");
  await words(page).fill("ferro");
  await words(page).press("Enter");
  await expect(page).toHaveURL("/search?q=ferro&kind=product");
  await expect(pan(page)).toBeVisible();
});
