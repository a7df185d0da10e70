// Offers of a shop that was deleted: they stay with the product, marked for its owner.

import { createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const MARK = "Shop no longer listed";

test.describe("an offer of a deleted shop", { tag: "@once" }, () => {
  test("is marked for its owner, can be saved, and is listed again with its shop", async ({
    page,
    signedIn: _,
    visit,
  }) => {
    const { products } = await createStudioData(page.request);
    const product = await page.request.get(`/v1/products/${products[0]}`);
    const retailer: string = (await product.json()).data.offers[0].retailer_id;
    await visit(`/studio/products/${products[0]}`);
    await expect(page.getByText(MARK)).toHaveCount(0);

    const deleted = await page.request.delete(`/v1/retailers/${retailer}`, { headers: { "if-match": "*" } });
    expect(deleted.status()).toBe(200);
    await visit(`/studio/products/${products[0]}`);
    await expect(page.getByText(MARK)).toHaveCount(1);
    await page.getByLabel("Brand").fill("Lumen");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
    await expect(page.getByText(MARK)).toHaveCount(1);

    const restored = await page.request.post(`/v1/retailers/${retailer}/restoration`);
    expect(restored.status()).toBe(200);
    await visit(`/studio/products/${products[0]}`);
    await expect(page.getByText(MARK)).toHaveCount(0);
    await expect(page.getByLabel("Brand")).toHaveValue("Lumen");
  });
});
