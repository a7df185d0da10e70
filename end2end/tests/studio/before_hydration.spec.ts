// Input on a page of the studio before it is hydrated.

import type { Page } from "@playwright/test";

import { holdProgram, isSameDocument, markDocument } from "../../fixtures/document";
import { area, expectUnsaved, rows, save } from "../../fixtures/studio";
import { createStudioData } from "../../fixtures/studio_data";
import { expect, expectHydrated, test } from "../../fixtures/test";

async function expectSaved(page: Page): Promise<void> {
  await markDocument(page);
  await save(page).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(await isSameDocument(page), "it was saved without a reload").toBe(true);
}

test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("what is typed into a form before the program is there", { tag: ["@js", "@phone"] }, () => {
  test("stays, counts as unsaved and can be saved, in rows too", async ({ page }) => {
    const { products } = await createStudioData(page.request);
    const release = await holdProgram(page);
    await page.goto(`/studio/products/${products[0]}`);
    await page.getByLabel("Brand").fill("Typed early");
    await page.getByLabel("Description").fill("Two\nlines");
    await page.getByRole("radio", { name: "Published" }).check();
    const offers = rows(page, "Offers");
    await expect(offers).toHaveCount(5);
    await offers.nth(2).getByLabel("Link").fill("https://third.example/lamp");
    await offers.nth(2).getByLabel("Price").fill("9,50");
    await offers.nth(2).getByLabel("Availability").selectOption("out of stock");
    release();
    await expectHydrated(page);
    await expect(page.getByLabel("Brand")).toHaveValue("Typed early");
    await expect(page.getByLabel("Description")).toHaveValue("Two\nlines");
    await expect(page.getByRole("radio", { name: "Published" })).toBeChecked();
    await expect(offers.nth(2).getByLabel("Link")).toHaveValue("https://third.example/lamp");
    await expectUnsaved(page);
    await expectSaved(page);
    await page.reload();
    await expectHydrated(page);
    await expect(page.getByLabel("Brand")).toHaveValue("Typed early");
    await expect(page.getByLabel("Description")).toHaveValue("Two\nlines");
    await expect(page.getByRole("radio", { name: "Published" })).toBeChecked();
    await expect(offers.nth(2).getByLabel("Link")).toHaveValue("https://third.example/lamp");
    await expect(offers.nth(2).getByLabel("Price")).toHaveValue("9.50");
    await expect(offers.nth(2).getByLabel("Availability")).toHaveValue("out_of_stock");
  });

  test("stays in its row when that is moved once the program is there", async ({ page }) => {
    const { products } = await createStudioData(page.request);
    const release = await holdProgram(page);
    await page.goto(`/studio/products/${products[0]}`);
    const facts = rows(page, "Facts");
    for (const [place, fact] of ["one", "two"].entries()) {
      await facts.nth(place).getByLabel("Fact", { exact: true }).fill(fact);
      await facts.nth(place).getByLabel("Value").fill(fact);
    }
    release();
    await expectHydrated(page);
    await facts.nth(1).getByRole("button", { name: "Move up" }).click();
    await expect(facts.nth(0).getByLabel("Fact", { exact: true })).toHaveValue("two");
    await expectSaved(page);
    await expect(facts.nth(0).getByLabel("Value")).toHaveValue("two");
    await expect(facts.nth(1).getByLabel("Value")).toHaveValue("one");
  });

  test("is in the order that was typed", async ({ page }) => {
    const { products } = await createStudioData(page.request);
    const release = await holdProgram(page);
    await page.goto(`/studio/products/${products[0]}`);
    const offers = rows(page, "Offers");
    await offers.nth(1).getByLabel("Order").fill("5");
    release();
    await expectHydrated(page);
    await expectUnsaved(page);
    await expectSaved(page);
    await expect(offers.nth(0).getByLabel("Link")).toHaveValue("https://other.example/lamp");
  });

  for (const [what, choose] of [
    ["a status", (page: Page) => page.getByRole("radio", { name: "Published" }).check()],
    ["an availability", (page: Page) => page.getByLabel("Availability").first().selectOption("out of stock")],
  ] as const) {
    test(`counts as unsaved also when it is ${what} that was chosen`, async ({ page }) => {
      const { products } = await createStudioData(page.request);
      const release = await holdProgram(page);
      await page.goto(`/studio/products/${products[0]}`);
      await choose(page);
      release();
      await expectHydrated(page);
      await expectUnsaved(page);
      await expectSaved(page);
    });
  }

  test("is nothing when nothing was typed", async ({ page }) => {
    const { products } = await createStudioData(page.request);
    const release = await holdProgram(page);
    await page.goto(`/studio/products/${products[0]}`);
    release();
    await expectHydrated(page);
    await area(page, "Bin").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bin");
  });

  test("stays in the form of a step and of a tag", async ({ page }) => {
    const release = await holdProgram(page);
    await page.goto("/studio");
    await page.getByLabel("Name", { exact: true }).fill("Ada");
    release();
    await expectHydrated(page);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Ada");
    await page.getByRole("button", { name: "Add the artist" }).click();
    await expect(page.getByText("Done", { exact: true })).toHaveCount(1);
  });
});
