// Plain forms of the studio that are refused: the browser submits each, and the page in the response is
// hydrated. Without JavaScript it stays as the server rendered it.

import type { Page } from "@playwright/test";

import { holdProgram, isSameDocument, markDocument } from "../../fixtures/document";
import { expectUnsaved, rows, save } from "../../fixtures/studio";
import { change, createStudioData } from "../../fixtures/studio_data";
import { expect, expectHydrated, test } from "../../fixtures/test";

test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("a plain form that is refused", () => {
  let release = (): void => undefined;
  let comeAlive = async (): Promise<void> => undefined;

  test.beforeEach(async ({ page, javaScriptEnabled }) => {
    release = javaScriptEnabled ? await holdProgram(page) : release;
    comeAlive = async () => {
      release();
      if (javaScriptEnabled) await expectHydrated(page);
      await markDocument(page);
    };
  });

  const expectHere = async (page: Page, javaScriptEnabled: boolean): Promise<void> =>
    expect(await isSameDocument(page)).toBe(javaScriptEnabled);

  test("keeps what was typed, says why, and can be saved", { tag: "@phone" }, async ({
    page,
    javaScriptEnabled,
  }) => {
    const { products } = await createStudioData(page.request);
    const path = `/studio/products/${products[0]}`;
    await page.goto(path);
    const number = page.getByLabel("Number below the barcode");
    await page.getByLabel("Brand").fill("Typed early");
    await page.getByRole("radio", { name: "Published" }).check();
    await rows(page, "Facts").nth(1).getByLabel("Fact", { exact: true }).fill("Height");
    await rows(page, "Facts").nth(1).getByLabel("Value").fill("40 cm");
    await number.fill("4006381333932");
    await save(page).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await comeAlive();
    await expect(page).toHaveURL(path);
    await expect(number).toHaveAttribute("aria-invalid", "true");
    await expect(number).toHaveValue("4006381333932");
    await expect(page.getByLabel("Brand")).toHaveValue("Typed early");
    await expect(page.getByRole("radio", { name: "Published" })).toBeChecked();
    if (javaScriptEnabled) await expectUnsaved(page);
    await page.getByRole("alert").getByRole("link").click();
    await number.fill("4006381333931");
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectHere(page, javaScriptEnabled);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByLabel("Brand")).toHaveValue("Typed early");
    await expect(rows(page, "Facts").first().getByLabel("Value")).toHaveValue("40 cm");
  });

  test("has more rows when they were asked for, which can be filled and moved", { tag: "@phone" }, async ({
    page,
    javaScriptEnabled,
  }) => {
    const { products } = await createStudioData(page.request);
    await page.goto(`/studio/products/${products[0]}`);
    const facts = rows(page, "Facts");
    await page.getByLabel("Brand").fill("Typed early");
    for (const place of [0, 1, 2]) {
      await facts.nth(place).getByLabel("Fact", { exact: true }).fill(`Fact ${place}`);
      await facts.nth(place).getByLabel("Value").fill("x");
    }
    await page.getByRole("group", { name: "Facts" }).getByRole("button", { name: "Add rows" }).click();
    await expect(facts).toHaveCount(6);
    await comeAlive();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(page.getByLabel("Brand")).toHaveValue("Typed early");
    await facts.nth(5).getByLabel("Fact", { exact: true }).fill("Last");
    await facts.nth(5).getByLabel("Value").fill("x");
    if (javaScriptEnabled) {
      await expectUnsaved(page);
      await page.getByRole("group", { name: "Facts" }).getByRole("button", { name: "Add rows" }).click();
      await expect(facts).toHaveCount(7);
      await facts.nth(0).getByLabel("Fact", { exact: true }).press("Alt+ArrowDown");
    } else {
      await facts.nth(0).getByLabel("Order").fill("25");
    }
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectHere(page, javaScriptEnabled);
    const values = facts.getByLabel("Fact", { exact: true });
    await expect(values.nth(0)).toHaveValue("Fact 1");
    await expect(values.nth(1)).toHaveValue("Fact 0");
    await expect(values.nth(3)).toHaveValue("Last");
  });

  test("that tags is at its own address, where everything works", { tag: "@phone" }, async ({
    page,
    javaScriptEnabled,
  }) => {
    const { video } = await createStudioData(page.request);
    await page.goto(`/studio/videos/${video}`);
    const form = page.locator("#tagged");
    const product = form.getByLabel("Product", { exact: true });
    await product.fill("No such product");
    await form.getByLabel("From").fill("2:00");
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("alert")).toBeVisible();
    await comeAlive();
    await expect(page).toHaveURL(`/studio/videos/${video}/placements`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("My room, finally tidy");
    await expect(product).toHaveAttribute("aria-invalid", "true");
    await expect(product).toHaveValue("No such product");
    await product.fill("Green sofa");
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("listitem").filter({ hasText: "Green sofa" })).toContainText("2:00");
    await expect(form.getByRole("alert")).toHaveCount(0);
    await page.getByLabel("Description").fill("And it is saved");
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(form.getByRole("listitem")).toHaveCount(2);
    await expect(page.getByLabel("Description")).toHaveValue("And it is saved");
    await expectHere(page, javaScriptEnabled);
  });

  test("of one button that is old says so, and works then, as everything else does", async ({
    page,
    javaScriptEnabled,
  }) => {
    const { artist } = await createStudioData(page.request);
    await page.goto(`/studio/artists/${artist}`);
    await change(page.request, `artists/${artist}`, { bio: "Faster" });
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("alert")).toContainText("It was changed meanwhile.");
    await comeAlive();
    await expect(page).toHaveURL(`/studio/artists/${artist}/publication`);
    await expect(page.getByLabel("About the artist")).toHaveValue("Faster");
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("Published.", { exact: true })).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.getByLabel("About the artist").fill("Slower");
    await save(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByLabel("About the artist")).toHaveValue("Slower");
    await expectHere(page, javaScriptEnabled);
  });

  test("of a new entity keeps its artist, and adds it then", async ({ page, javaScriptEnabled }) => {
    await createStudioData(page.request);
    await page.goto("/studio/products/new");
    await page.getByLabel("Name", { exact: true }).fill("Blue lamp");
    await rows(page, "Offers").nth(1).getByLabel("Link").fill("http://shop.example/");
    await page.getByRole("button", { name: "Add the product" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await comeAlive();
    await expect(page).toHaveURL("/studio/products/new");
    await expect(page.locator("[aria-invalid=true]")).toHaveValue("http://shop.example/");
    await page.locator("[aria-invalid=true]").fill("https://shop.example/");
    await page.getByRole("button", { name: "Add the product" }).click();
    await expect(page.getByText("Added.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Blue lamp");
    await expectHere(page, javaScriptEnabled);
  });

  test("of a step keeps what was typed, and is done then", async ({ page, javaScriptEnabled }) => {
    await page.goto("/studio");
    await page.getByLabel("Name", { exact: true }).fill("x".repeat(300));
    await page.getByRole("button", { name: "Add the artist" }).click();
    await expect(page.locator("[aria-invalid=true]")).toHaveValue("x".repeat(300));
    await comeAlive();
    await expect(page).toHaveURL("/studio");
    await page.getByLabel("Name", { exact: true }).fill("Ada Films");
    await page.getByRole("button", { name: "Add the artist" }).click();
    await expect(page.getByText("Done", { exact: true })).toHaveCount(1);
    await expectHere(page, javaScriptEnabled);
  });
});

test("the address of a form of an entity leads to the entity", async ({ page, visit }) => {
  const { video } = await createStudioData(page.request);
  await visit(`/studio/videos/${video}/placements`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My room, finally tidy");
});
