// Navigation while the previous navigation or the program is still loading.

import { randomUUID } from "node:crypto";

import { deferred } from "../../fixtures/deferred";
import { createArtist, createProduct } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const status = "published";

test.describe("somebody who does not wait", { tag: ["@js", "@once"] }, () => {
  test("sees the second of two pages of one kind", async ({ page, visit, signedIn: _ }) => {
    const slug = `ada-${randomUUID()}`;
    const artist = await createArtist(page.request, "Ada Films", { slug, status });
    for (const name of ["Red lamp", "Blue lamp"]) {
      const own = name.toLowerCase().replace(" ", "-");
      await createProduct(page.request, artist, name, { slug: own, status });
    }
    const list = async (): Promise<string> => (await page.request.get("/products")).text();
    await expect.poll(list).toContain("Red lamp");
    await expect.poll(list).toContain("Blue lamp");
    const { released, release } = deferred();
    await page.route("**/api/read/product", async (route) => {
      await released;
      // The browser may have left the page and cancelled the request meanwhile.
      await route.continue().catch(() => undefined);
    });
    await visit("/products");
    await page.getByRole("link", { name: "Red lamp" }).click();
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
    await page.getByRole("link", { name: "Blue lamp" }).click();
    release();
    await expect(page).toHaveURL(`/products/${slug}/blue-lamp`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Blue lamp");
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
  });

  test("goes back while the program comes, and sees the page at that address", async ({
    page,
    visit,
  }) => {
    await visit("/");
    await page.getByRole("link", { name: "Videos", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    const { released, release } = deferred();
    await page.route("**/program_bg.wasm", async (route) => {
      await released;
      await route.continue().catch(() => undefined);
    });
    await page.reload({ waitUntil: "commit" });
    await expect(page.locator("html")).toHaveAttribute("data-address", "/videos");
    await page.evaluate(() => history.back());
    await expect(page).toHaveURL("/");
    release();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Where did you get that/);
    await expect(page.locator("html")).toHaveAttribute("data-hydrated", "");
  });
});
