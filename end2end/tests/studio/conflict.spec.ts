// Two tabs that change the same entity.

import type { Locator, Page } from "@playwright/test";

import { isSameDocument, markDocument } from "../../fixtures/document";
import { rows, save } from "../../fixtures/studio";
import { createArtist, createProduct, createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const fact = (page: Page, row: number): Locator =>
  rows(page, "Facts").nth(row).getByLabel("Fact", { exact: true });

async function facts(page: Page): Promise<string[]> {
  const values = await rows(page, "Facts")
    .getByLabel("Fact", { exact: true })
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
  return values.filter((value) => value !== "");
}

/** Drags a row of facts below the next row. */
async function dragDown(page: Page, row: number): Promise<void> {
  const handle = rows(page, "Facts").nth(row).locator("[data-drag]");
  await handle.scrollIntoViewIfNeeded();
  const from = (await handle.boundingBox())!;
  const to = (await rows(page, "Facts").nth(row + 1).boundingBox())!;
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, to.y + 20, { steps: 4 });
  await page.mouse.move(from.x + 10, to.y + to.height - 10, { steps: 4 });
  await page.mouse.up();
}

test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("two tabs", () => {
  test("that change an artist differently: both sides are shown, and nothing is lost", async ({
    page,
    context,
    visit,
    javaScriptEnabled,
  }) => {
    const artist = await createArtist(page.request, "Ada Films", { bio: "Before" });
    const path = `/studio/artists/${artist}`;
    await visit(path);
    const other = await context.newPage();
    await other.goto(path);
    await other.getByLabel("Name", { exact: true }).fill("Ada & Sons");
    await other.getByLabel("About the artist").fill("Faster");
    await save(other).click();
    await expect(other.getByText("Saved.")).toBeVisible();

    await page.getByLabel("About the artist").fill("Slower");
    await save(page).click();
    const notice = page.getByRole("alert");
    await expect(notice).toContainText("It was changed while you were at it");
    const side = notice.getByRole("row").filter({ hasText: "About the artist" });
    await expect(side).toContainText(/Faster.*Slower/);
    await expect(page.getByLabel("About the artist")).toHaveValue("Slower");
    // With the program, an untouched field takes the other tab's value; without it, the difference is listed.
    const name = javaScriptEnabled ? "Ada & Sons" : "Ada Films";
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);

    // Now the other tab is the slower one.
    await other.getByLabel("About the artist").fill("Once more");
    await save(other).click();
    await expect(other.getByRole("alert")).toContainText("Slower");
    await save(other).click();
    await expect(other.getByText("Saved.")).toBeVisible();
    await expect(other.getByLabel("About the artist")).toHaveValue("Once more");
  });

  test("that change a shop differently: both sides are shown, and nothing is lost", async ({
    page,
    context,
    visit,
  }) => {
    const artist = await createArtist(page.request);
    const domains = [`${artist.replace("_", "-").toLowerCase()}.example`];
    const proposed = await page.request.post("/v1/retailers", {
      data: { artist_id: artist, name: "North Kettle", domains },
    });
    expect(proposed.status(), await proposed.text()).toBe(201);
    const path = `/studio/retailers/${(await proposed.json()).data.id}`;
    await visit(path);
    const other = await context.newPage();
    await other.goto(path);
    await other.getByLabel("Name", { exact: true }).fill("Faster Kettle");
    await save(other).click();
    await expect(other.getByText("Saved.")).toBeVisible();
    await page.getByLabel("Name", { exact: true }).fill("Slower Kettle");
    await save(page).click();
    const side = page.getByRole("alert").getByRole("row").filter({ hasText: "Kettle" });
    await expect(side).toContainText(/Faster Kettle.*Slower Kettle/);
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Slower Kettle");
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Slower Kettle");
    await expect(page.getByLabel("Domain", { exact: true }).first()).toHaveValue(domains[0]!);
  });

  test("of which one deletes: the other keeps what was typed and says where it is", async ({
    page,
    context,
    visit,
  }) => {
    const { products } = await createStudioData(page.request);
    const path = `/studio/products/${products[0]}`;
    await visit(path);
    const other = await context.newPage();
    await other.goto(path);
    await other.getByRole("button", { name: "Delete" }).click();
    await expect(other.getByText("“Red lamp” is deleted.")).toBeVisible();
    await page.getByLabel("Brand").fill("Typed & kept");
    await save(page).click();
    await expect(page.getByRole("alert")).toContainText("It is not there");
    await expect(page.getByLabel("Brand")).toHaveValue("Typed & kept");
    await other.getByRole("button", { name: "Undo" }).click();
    await expect(other.getByText("Restored, as it was.")).toBeVisible();
    await save(page).click();
    await expect(page.getByLabel("Brand")).toHaveValue("Typed & kept");
  });
});

test.describe("rows", { tag: ["@js", "@once"] }, () => {
  async function open(page: Page, visit: (path: string) => Promise<unknown>): Promise<string> {
    const artist = await createArtist(page.request);
    const attributes = ["one", "two", "three"].map((name) => ({ name, value: name }));
    const product = await createProduct(page.request, artist, "Lamp", { attributes });
    await visit(`/studio/products/${product}`);
    return product;
  }

  async function expectMovable(page: Page, before: string[]): Promise<void> {
    expect(await facts(page)).toEqual(before);
    const [first, second, ...rest] = before as [string, string, ...string[]];
    await fact(page, 0).press("Alt+ArrowDown");
    expect(await facts(page)).toEqual([second, first, ...rest]);
    await expect(fact(page, 1)).toBeFocused();
    await dragDown(page, 0);
    expect(await facts(page)).toEqual([first, second, ...rest]);
    await rows(page, "Facts").nth(1).getByRole("button", { name: "Move up" }).click();
    expect(await facts(page)).toEqual([second, first, ...rest]);
    const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  }

  test("are moved by keys and dragged after some were added", async ({ page, visit }) => {
    await open(page, visit);
    await markDocument(page);
    await page.getByRole("group", { name: "Facts" }).getByRole("button", { name: "Add rows" }).click();
    await expect(fact(page, 6)).toBeFocused();
    await page.keyboard.type("seven");
    await rows(page, "Facts").nth(6).getByLabel("Value").fill("7");
    await expectMovable(page, ["one", "two", "three", "seven"]);
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    expect(await facts(page)).toEqual(["two", "one", "three", "seven"]);
    expect(await isSameDocument(page)).toBe(true);
  });

  test("are moved by keys and dragged after a conflict was merged, and added", async ({
    page,
    context,
    visit,
  }) => {
    const product = await open(page, visit);
    await markDocument(page);
    const other = await context.newPage();
    await other.goto(`/studio/products/${product}`);
    await fact(other, 3).fill("four");
    await rows(other, "Facts").nth(3).getByLabel("Value").fill("4");
    await save(other).click();
    await expect(other.getByText("Saved.")).toBeVisible();
    await other.close();
    await page.getByLabel("Brand").fill("Mine");
    await save(page).click();
    await expect(page.getByRole("alert")).toBeFocused();
    await expectMovable(page, ["one", "two", "three", "four"]);
    await page.getByRole("group", { name: "Facts" }).getByRole("button", { name: "Add rows" }).click();
    await page.keyboard.type("last");
    await rows(page, "Facts").nth(7).getByLabel("Value").fill("8");
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    expect(await facts(page)).toEqual(["two", "one", "three", "four", "last"]);
    await expect(page.getByLabel("Brand")).toHaveValue("Mine");
    expect(await isSameDocument(page)).toBe(true);
  });
});
