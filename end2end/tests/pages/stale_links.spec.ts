// A page that has changed since the link to it was rendered.

import { randomUUID } from "node:crypto";

import type { Page } from "@playwright/test";

import { isSameDocument, markDocument } from "../../fixtures/document";
import { createArtist, createProduct } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

interface Published {
  artist: string;
  product: string;
  /** Id of the product. */
  id: string;
}

/** Publishes a product and opens its artist's page. */
async function publish(page: Page, visit: (path: string) => Promise<unknown>): Promise<Published> {
  const [slug, status] = [`ada-${randomUUID()}`, "published"];
  const artist = await createArtist(page.request, "Ada Films", { slug, status });
  const id = await createProduct(page.request, artist, "Red lamp", { slug: "red-lamp", status });
  const published = { artist: `/artists/${slug}`, product: `/products/${slug}/red-lamp`, id };
  const read = async (): Promise<string> => (await page.request.get(published.artist)).text();
  await expect.poll(read).toContain(published.product);
  await visit(published.artist);
  await markDocument(page);
  return published;
}

test.beforeEach(async ({ signedIn: _ }) => {});

test("a product that was deleted is not there, and Back leads to its artist", async ({
  page,
  visit,
  javaScriptEnabled,
}) => {
  const { artist, product, id } = await publish(page, visit);
  const deleted = await page.request.delete(`/v1/products/${id}`, { headers: { "if-match": "*" } });
  expect(deleted.ok()).toBe(true);
  await page.getByRole("link", { name: "Red lamp" }).click();
  await expect(page).toHaveURL(product);
  await expect(page).toHaveTitle("Not found · Inspired");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is pinned here");
  await expect(page.locator("link[rel=canonical]")).toHaveCount(0);
  if (javaScriptEnabled) await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page).toHaveURL(artist);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada Films");
  expect(await isSameDocument(page)).toBe(javaScriptEnabled);
});

test("a product that was renamed is shown at its new address, and Back leads to its artist", async ({
  page,
  visit,
  javaScriptEnabled,
}) => {
  const { artist, product, id } = await publish(page, visit);
  const renamed = await page.request.patch(`/v1/products/${id}`, {
    data: { slug: "lamp" },
    headers: { "if-match": "*" },
  });
  expect(renamed.ok(), await renamed.text()).toBe(true);
  await page.getByRole("link", { name: "Red lamp" }).click();
  await expect(page).toHaveURL(product.replace("red-lamp", "lamp"));
  await expect(page).toHaveTitle("Red lamp · Inspired");
  await expect(page.locator("link[rel=canonical]")).toHaveAttribute("href", /\/lamp$/);
  expect(await isSameDocument(page)).toBe(javaScriptEnabled);
  await page.goBack();
  await expect(page).toHaveURL(artist);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada Films");
});
