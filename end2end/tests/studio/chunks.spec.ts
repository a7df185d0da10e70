// The studio is a WebAssembly chunk of its own. Without it, its pages are not hydrated, and their plain
// forms work.

import type { Page } from "@playwright/test";

import { expectStudio, header } from "../../fixtures/account";
import type { BrowserLog } from "../../fixtures/browser_log";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { area } from "../../fixtures/studio";
import { createStudioData } from "../../fixtures/studio_data";
import { expect, expectHydrated, test } from "../../fixtures/test";

const CHUNK = "**/split_studio.wasm";

/** From now on, requests for the chunk fail; returns their URLs as they arrive. */
async function lose(page: Page, browserLog: BrowserLog): Promise<string[]> {
  browserLog.allow(/^asset: 404 .*\/split_studio\.wasm$/);
  browserLog.allow(/^console error: (Failed to load resource|TypeError): .*(404|HTTP status code)/);
  const asked: string[] = [];
  await page.route(CHUNK, (route) => {
    asked.push(route.request().url());
    return route.fulfill({ status: 404, body: "" });
  });
  return asked;
}

test.describe("without the chunk of the studio", { tag: "@js" }, () => {
  test("a page of it stays as it came, and its plain form saves", async ({
    page,
    browserLog,
    signedIn: _,
  }) => {
    const { products } = await createStudioData(page.request);
    const asked = await lose(page, browserLog);
    await page.goto(`/studio/products/${products[0]}`);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    await page.getByLabel("Brand").fill("Plain");
    const facts = page.getByRole("group", { name: "Facts" });
    for (const place of [0, 1, 2]) {
      await facts.getByLabel("Fact", { exact: true }).nth(place).fill(`Fact ${place}`);
      await facts.getByLabel("Value").nth(place).fill("x");
    }
    await facts.getByRole("button", { name: "Add rows" }).click();
    await expect(facts.locator("[data-row]")).toHaveCount(6);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByLabel("Brand")).toHaveValue("Plain");
    await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
    await header(page).getByRole("link", { name: "Search", exact: true }).click();
    await expect(page).toHaveURL("/search");
    await expectHydrated(page);
  });

  test("a link to it leads to the whole page, and so does Back", async ({
    page,
    browserLog,
    visit,
    signedIn,
  }) => {
    const { products } = await createStudioData(page.request);
    await visit("/account");
    await markDocument(page);
    const asked = await lose(page, browserLog);
    const loaded = page.waitForEvent("load");
    await header(page).getByRole("link", { name: "Studio", exact: true }).click();
    await loaded;
    await expectStudio(page, signedIn);
    expect(await isSameDocument(page)).toBe(false);
    await expect.poll(() => asked.length).toBeGreaterThan(1);
    await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
    await area(page, "Products").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Products"]);
    await page.getByRole("link", { name: "Red lamp" }).click();
    await expect(page).toHaveURL(`/studio/products/${products[0]}`);
    await page.goBack();
    await page.goBack();
    await page.goBack();
    await expect(page).toHaveURL("/account");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  });

  test("logging in leads to the whole page", async ({ page, browserLog, visit, account }) => {
    const asked = await lose(page, browserLog);
    await visit("/login");
    await page.getByLabel("Email address", { exact: true }).fill(account.emailAddress);
    await page.getByLabel("Password", { exact: true }).fill(account.password);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await expectStudio(page, account);
    await expect.poll(() => asked.length).toBeGreaterThan(0);
  });
});

test("the chunk of the studio is fetched by the studio, and by no public page", { tag: "@js" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/split_studio.wasm")) asked.push(request.url());
  });
  await visit("/");
  await header(page).getByRole("link", { name: "Videos", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
  expect(asked).toEqual([]);
  await markDocument(page);
  await header(page).getByRole("link", { name: "Studio", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Welcome/);
  expect(asked).toHaveLength(1);
  expect(await isSameDocument(page)).toBe(true);
});
