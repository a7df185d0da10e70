// Rows of a list in a form: added, removed and reordered, by mouse and by keyboard.

import type { Locator, Page } from "@playwright/test";

import { createProduct, createArtist } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

function rows(page: Page): Locator {
  return page.getByRole("group", { name: "Facts" }).locator("[data-row]");
}

function fact(page: Page, row: number): Locator {
  return rows(page).nth(row).getByLabel("Fact", { exact: true });
}

async function facts(page: Page): Promise<string[]> {
  return rows(page)
    .getByLabel("Fact", { exact: true })
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
}

/** Opens the page of a product with three facts. */
async function open(page: Page, visit: (path: string) => Promise<unknown>): Promise<string> {
  const artist = await createArtist(page.request);
  const attributes = ["one", "two", "three"].map((name) => ({ name, value: name }));
  const path = `/studio/products/${await createProduct(page.request, artist, "Lamp", { attributes })}`;
  await visit(path);
  expect(await facts(page)).toEqual(["one", "two", "three", "", "", ""]);
  return path;
}

async function saveAndReload(page: Page, path: string): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.goto(path);
}

test.describe("rows", { tag: ["@js", "@phone"] }, () => {
  test.beforeEach(({ signedIn: _ }) => undefined);

  test("are moved by buttons, which keep the focus", async ({ page, visit }) => {
    const path = await open(page, visit);
    const up = rows(page).nth(2).getByRole("button", { name: "Move up" });
    await up.click();
    expect((await facts(page)).slice(0, 3)).toEqual(["one", "three", "two"]);
    await expect(rows(page).nth(1).getByRole("button", { name: "Move up" })).toBeFocused();
    await expect(page.getByRole("group", { name: "Facts" }).getByRole("status")).toHaveText("Row 2 of 6");
    await rows(page).nth(0).getByRole("button", { name: "Move down" }).click();
    await saveAndReload(page, path);
    expect((await facts(page)).slice(0, 3)).toEqual(["three", "one", "two"]);
  });

  test("are moved by keys from within a field", async ({ page, visit }) => {
    const path = await open(page, visit);
    await fact(page, 0).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await page.keyboard.press("Alt+ArrowDown");
    expect((await facts(page)).slice(0, 3)).toEqual(["two", "three", "one"]);
    await expect(fact(page, 2)).toBeFocused();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(page.getByRole("group", { name: "Facts" }).getByRole("status")).toHaveText("Row 2 of 6");
    await saveAndReload(page, path);
    expect((await facts(page)).slice(0, 3)).toEqual(["two", "one", "three"]);
  });

  test("are dragged to another place", { tag: "@desktop" }, async ({ page, visit }) => {
    const path = await open(page, visit);
    const handle = rows(page).nth(0).locator("[data-drag]");
    await handle.scrollIntoViewIfNeeded();
    const from = (await handle.boundingBox())!;
    const to = (await rows(page).nth(1).boundingBox())!;
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 10, to.y + 20, { steps: 4 });
    await page.mouse.move(from.x + 10, to.y + to.height - 10, { steps: 4 });
    await page.mouse.up();
    expect((await facts(page)).slice(0, 3)).toEqual(["two", "one", "three"]);
    await saveAndReload(page, path);
    expect((await facts(page)).slice(0, 3)).toEqual(["two", "one", "three"]);
  });

  test("are added where the cursor goes on, and removed", async ({ page, visit }) => {
    const path = await open(page, visit);
    const list = page.getByRole("group", { name: "Facts" });
    await list.getByRole("button", { name: "Add rows" }).click();
    await expect(rows(page)).toHaveCount(7);
    await expect(fact(page, 6)).toBeFocused();
    await page.keyboard.type("seven");
    await rows(page).nth(6).getByLabel("Value").fill("7");
    await rows(page).nth(1).getByRole("button", { name: "Remove" }).click();
    await expect(rows(page)).toHaveCount(6);
    await expect(list.getByRole("status")).toHaveText("Row removed, 6 left");
    await saveAndReload(page, path);
    expect((await facts(page)).slice(0, 3)).toEqual(["one", "three", "seven"]);
  });

  test("that were added have labels of their own", async ({ page, visit }) => {
    await open(page, visit);
    const list = page.getByRole("group", { name: "Facts" });
    for (let count = 0; count < 3; count += 1) {
      await list.getByRole("button", { name: "Add rows" }).click();
    }
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test("that are not saved are not left without a question", async ({ page, visit }) => {
    await open(page, visit);
    await rows(page).nth(0).getByRole("button", { name: "Move down" }).click();
    const questions: string[] = [];
    page.once("dialog", (dialog) => {
      questions.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByRole("link", { name: "Bin" }).click();
    await expect.poll(() => questions).toEqual(["Leave without saving what you typed?"]);
    await expect(page).toHaveURL(/\/studio\/products\//);
  });
});
