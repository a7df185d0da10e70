// A form of the studio validates while it is filled in, with the server's messages.

import { createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

test.describe("while one types", { tag: "@js" }, () => {
  test.beforeEach(({ signedIn: _ }) => undefined);

  test("a field is checked when it is left, and then letter by letter", async ({ page, visit }) => {
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    const number = page.getByLabel("Number below the barcode");
    await number.pressSequentially("400638133393");
    await expect(number).not.toHaveAttribute("aria-invalid");
    await number.fill("4006381333932");
    await number.blur();
    await expect(number).toHaveAttribute("aria-invalid", "true");
    await expect(number).toHaveAccessibleDescription(/digit/);
    await number.fill("4006381333931");
    await expect(number).not.toHaveAttribute("aria-invalid");
    await expect(number).toHaveAccessibleDescription("The GTIN: 8, 12, 13 or 14 digits, or an ISBN.");
  });

  test("an error stands in the row that it is about", async ({ page, visit }) => {
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    const offers = page.getByRole("group", { name: "Offers" }).locator("[data-row]");
    // The empty third row is skipped, so the server counts the fourth row as the third.
    const link = offers.nth(3).getByLabel("Link");
    await link.fill("http://shop.example/");
    await link.blur();
    await expect(link).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
  });

  test("an error stays with a row that was moved", async ({ page, visit }) => {
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    const offers = page.getByRole("group", { name: "Offers" });
    const rows = offers.locator("[data-row]");
    await offers.getByRole("button", { name: "Add rows" }).click();
    await rows.nth(5).getByLabel("Link").fill("http://shop.example/");
    for (const place of [5, 4, 3, 2, 1]) {
      await rows.nth(place).getByRole("button", { name: "Move up" }).click();
    }
    await rows.nth(3).getByRole("button", { name: "Remove" }).click();
    await rows.nth(0).getByLabel("Link").press("End");
    await page.keyboard.press("Backspace");
    await rows.nth(0).getByLabel("Link").blur();
    await expect(rows.nth(0).getByLabel("Link")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(rows.nth(0).getByLabel("Link")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
  });

  test("the server says the very same", async ({ page, visit }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    const chapters = page.getByLabel("Chapters");
    await chapters.fill("0:00 Hello\nnonsense\n0:10 End");
    await chapters.blur();
    const error = page.locator("#chapters-error");
    await expect(error).toHaveText(/^Line 2: /);
    const said = await error.textContent();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(error).toHaveText(said!);
  });

  test("trouble is said before the form, which stays", async ({ page, browserLog, visit }) => {
    browserLog.allow(/413/);
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    const description = page.getByLabel("Description");
    const long = "x".repeat(600 * 1024);
    await description.fill(long);
    await page.getByRole("button", { name: "Save" }).click();
    const alert = page.locator("form.studio-form").getByRole("alert");
    await expect(alert).toBeFocused();
    await expect(description).toHaveValue(long);
    await description.fill("Shorter");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByLabel("Description")).toHaveValue("Shorter");
  });

  test("a product is meant by its name", async ({ page, visit }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    const rows = page.getByRole("group", { name: "Products in it" }).locator("[data-row]");
    const product = rows.nth(1).getByLabel("Product", { exact: true });
    await product.fill("green SOFA");
    await product.blur();
    await expect(product).not.toHaveAttribute("aria-invalid");
    await product.fill("nothing of mine");
    await expect(product).toHaveAttribute("aria-invalid", "true");
  });
});
