// A list of the studio whose results follow the input and the filters.

import type { Locator, Page, Route } from "@playwright/test";

import { deferred } from "../../fixtures/deferred";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const LIST = "**/api/read/studio/list";

const words = (page: Page): Locator => page.getByLabel("Search your products");
const lamp = (page: Page): Locator => page.getByRole("link", { name: "Red lamp" });

/** The search terms with which the list is requested. */
const asked = (route: Route): string =>
  (route.request().postDataJSON() as { params: { q: string } }).params.q;

test.beforeEach(async ({ page, signedIn: _ }) => {
  await createStudioData(page.request);
});

test.describe("results in a list", { tag: ["@js", "@once"] }, () => {
  test("follow the typing, and the address with them; the cursor stays in the field", async ({
    page,
    visit,
  }) => {
    await visit("/studio");
    await page.getByRole("navigation", { name: "Studio" }).getByRole("link", { name: "Products" }).click();
    await expect(page.getByRole("rowheader")).toHaveCount(3);
    await markDocument(page);
    await words(page).pressSequentially("lap", { delay: 50 });
    await expect(page).toHaveURL("/studio/products?q=lap");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("m");
    await expect(page).toHaveURL("/studio/products?q=lamp");
    await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
    await expect(page.getByRole("status").filter({ hasText: "1 product" })).toBeVisible();
    await expect(page).toHaveTitle("Products · Studio · Inspired");
    await expect(words(page)).toBeFocused();
    await expect(words(page)).toHaveValue("lamp");
    expect(
      await words(page).evaluate((field: HTMLInputElement) => field.selectionStart),
      "where the cursor is",
    ).toBe(3);
    await lamp(page).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Red lamp");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.goBack();
    await expect(page).toHaveURL("/studio/products?q=lamp");
    await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
    await expect(words(page)).toHaveValue("lamp");
    // Typing replaces the history entry, so one step goes back to the page before the list.
    await page.goBack();
    await expect(page).toHaveURL("/studio");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("are those of what was typed last", async ({ page, visit }) => {
    const { released, release } = deferred();
    const seen: string[] = [];
    await page.route(LIST, async (route) => {
      seen.push(asked(route));
      if (asked(route) === "sofa") await released;
      await route.continue().catch(() => undefined);
    });
    await visit("/studio/products");
    await words(page).fill("sofa");
    await expect.poll(() => seen).toEqual(["sofa"]);
    await words(page).fill("lamp");
    await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
    const late = page.waitForEvent("requestfinished", (request) =>
      Boolean(request.postData()?.includes("sofa")),
    );
    release();
    await late;
    await expect(page).toHaveURL("/studio/products?q=lamp");
    await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
  });

  test("are asked for again after the network has failed; the words stay", async ({
    page,
    browserLog,
    visit,
  }) => {
    browserLog.allow(/ERR_FAILED/);
    await visit("/studio/products?q=sofa");
    await markDocument(page);
    await page.route(LIST, (route) => route.abort("failed"));
    await words(page).fill("lamp");
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await expect(words(page)).toHaveValue("lamp");
    await expect(words(page)).toBeFocused();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Products"]);
    await page.unroute(LIST);
    await words(page).press("Enter");
    await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page).toHaveURL("/studio/products?q=lamp");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("follow the order that is chosen", async ({ page, visit }) => {
    await visit("/studio/products");
    await markDocument(page);
    await page.getByLabel("Order").focus();
    await page.getByLabel("Order").selectOption("By name");
    await expect(page).toHaveURL("/studio/products?sort=name");
    await expect(page.getByRole("rowheader")).toHaveText(["Green sofa", "Red lamp", "Woollen rug"]);
    await expect(page.getByLabel("Order")).toBeFocused();
    expect(await isSameDocument(page)).toBe(true);
  });

  test("are gone when everything is to be shown again, and Back brings them", async ({ page, visit }) => {
    await visit("/studio/products");
    await markDocument(page);
    await words(page).fill("nothing of mine");
    await page.getByRole("link", { name: "Show everything" }).click();
    await expect(page).toHaveURL("/studio/products");
    await expect(page.getByRole("rowheader")).toHaveCount(3);
    await expect(words(page)).toHaveValue("");
    await page.goBack();
    await expect(page).toHaveURL("/studio/products?q=nothing+of+mine");
    await expect(words(page)).toHaveValue("nothing of mine");
    await expect(page.getByText("Nothing of yours fits. Try fewer letters.")).toBeVisible();
    expect(await isSameDocument(page)).toBe(true);
  });
});

test("a search that is sent is a page of its own", { tag: ["@js", "@once"] }, async ({ page, visit }) => {
  // The clock stands still, so the delayed search while typing never starts.
  await page.clock.install();
  await visit("/studio/products");
  await markDocument(page);
  await words(page).fill("lamp & shade");
  await words(page).press("Enter");
  await expect(page).toHaveURL("/studio/products?q=lamp+%26+shade");
  await expect(page.getByText("Nothing of yours fits. Try fewer letters.")).toBeVisible();
  await expect(words(page)).toHaveValue("lamp & shade");
  await page.goBack();
  await expect(page).toHaveURL("/studio/products");
  await expect(words(page)).toHaveValue("");
  await expect(page.getByRole("rowheader")).toHaveCount(3);
  expect(await isSameDocument(page)).toBe(true);
});

test("a search in a list is sent without the program, too", { tag: "@no-js" }, async ({ page, visit }) => {
  await visit("/studio/products");
  await words(page).fill("lamp");
  await page.getByLabel("Order").selectOption("By name");
  await words(page).press("Enter");
  await expect(page).toHaveURL("/studio/products?q=lamp&sort=name");
  await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
});
