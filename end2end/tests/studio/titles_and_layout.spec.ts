// Titles of the studio's pages, and the layout of its lists.

import { createArtist, createProduct } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

test.beforeEach(({ signedIn: _ }) => undefined);

test("a page of the studio is called so", async ({ page, visit }) => {
  const product = await createProduct(page.request, await createArtist(page.request), "Red lamp");
  for (const [path, title] of [
    ["/studio", "Studio · Inspired"],
    ["/studio/videos", "Videos · Studio · Inspired"],
    ["/studio/videos/new", "New video · Studio · Inspired"],
    ["/studio/bin", "Bin · Studio · Inspired"],
    [`/studio/products/${product}`, "Red lamp · Studio · Inspired"],
  ] as const) {
    await visit(path);
    await expect(page).toHaveTitle(title);
  }
  await visit("/videos");
  await expect(page).toHaveTitle("Videos · Inspired");
});

test("a badge is not broken within a word beside a long name", { tag: "@phone" }, async ({ page, visit }) => {
  const artist = await createArtist(page.request, "A name of one artist that goes on and on ".repeat(2).trim());
  await createProduct(page.request, artist, "W".repeat(120), { status: "published" });
  await page.request.patch(`/v1/artists/${artist}`, {
    data: { status: "published" },
    headers: { "if-match": "*" },
  });
  await visit("/studio/products");
  const badge = page.getByRole("cell").getByText("Public", { exact: true });
  const lines = await badge.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size;
  });
  expect(lines).toBe(1);
});
