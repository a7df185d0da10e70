// How pages of the studio are called, and how their lists are laid out.

import { createArtist, createProduct } from "../../fixtures/things";
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
