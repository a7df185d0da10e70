// Unsaved input in a form of the studio.

import type { Page } from "@playwright/test";

import { header } from "../../fixtures/account";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { QUESTION } from "../../fixtures/studio";
import { createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

/** Answers every confirmation dialog; returns the questions as they are asked. */
function answer(page: Page, isLeft: boolean): string[] {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    void (isLeft ? dialog.accept() : dialog.dismiss());
  });
  return asked;
}

test.describe("what was typed and is not saved", { tag: ["@js", "@once"] }, () => {
  let path = "";

  test.beforeEach(async ({ page, visit, signedIn: _ }) => {
    const { products } = await createStudioData(page.request);
    path = `/studio/products/${products[0]}`;
    await visit("/studio/products");
    await markDocument(page);
    await page.getByRole("link", { name: "Red lamp" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Red lamp");
  });

  test("is kept when somebody says so", async ({ page }) => {
    const asked = answer(page, false);
    await page.getByLabel("Brand").fill("Mine");
    await page.getByRole("link", { name: "Bin", exact: true }).click();
    await expect.poll(() => asked.length).toBe(1);
    await header(page).getByRole("link", { name: "Artists", exact: true }).click();
    await expect.poll(() => asked.length).toBe(2);
    await page.evaluate(() => history.back());
    await expect.poll(() => asked).toEqual([QUESTION, QUESTION, QUESTION]);
    await expect(page).toHaveURL(path);
    await expect(page.getByLabel("Brand")).toHaveValue("Mine");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    expect(await isSameDocument(page)).toBe(true);
  });

  test("is left when somebody says so, and asked about once", async ({ page }) => {
    const asked = answer(page, true);
    await page.getByLabel("Brand").fill("Mine");
    await page.getByRole("link", { name: "Bin", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bin");
    await page.goBack();
    await expect(page).toHaveURL(path);
    await expect(page.getByLabel("Brand")).toHaveValue("Lux");
    await page.getByRole("link", { name: "Bin", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bin");
    expect(asked).toEqual([QUESTION]);
    expect(await isSameDocument(page)).toBe(true);
  });

  test("is not asked about once it is saved", async ({ page }) => {
    const asked = answer(page, false);
    await page.getByLabel("Brand").fill("Mine");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL("/studio/products");
    expect(asked).toEqual([]);
  });

  test("is asked about before a button does something else with the page", async ({ page }) => {
    const asked = answer(page, false);
    await page.getByLabel("Brand").fill("Mine");
    for (const name of ["Publish", "Delete"]) await page.getByRole("button", { name, exact: true }).click();
    await expect.poll(() => asked).toEqual([QUESTION, QUESTION]);
    await expect(page.getByLabel("Brand")).toHaveValue("Mine");
    await expect(page).toHaveURL(path);
  });

  test("is asked about when the document is left", async ({ page }) => {
    await page.getByLabel("Brand").fill("Mine");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
  });

  for (const [what, choose] of [
    ["a status", (page: Page) => page.getByRole("radio", { name: "Published" }).check()],
    ["an availability", (page: Page) => page.getByLabel("Availability").first().selectOption("out of stock")],
  ] as const) {
    test(`is asked about also when it is ${what} that was chosen`, async ({ page }) => {
      const asked = answer(page, false);
      await choose(page);
      await page.getByRole("link", { name: "Bin", exact: true }).click();
      await expect.poll(() => asked).toEqual([QUESTION]);
      await expect(page).toHaveURL(path);
    });
  }
});
