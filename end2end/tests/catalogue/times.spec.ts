// Times on a video's public page with more products than fit on a screen: the product at the current
// time is scrolled into view.

import { randomUUID } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import { servePlayer } from "../../fixtures/player";
import { createProduct, VIDEO } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const MINUTES = Array.from({ length: 20 }, (_, minute) => minute);

/** Creates a video with a product in every minute; returns the path of its page. */
async function createVideo(page: Page): Promise<string> {
  const create = async (kind: string, data: object): Promise<{ id: string; slug: string }> => {
    const response = await page.request.post(`/v1/${kind}`, { data: { status: "published", ...data } });
    expect(response.status(), await response.text()).toBe(201);
    return (await response.json()).data;
  };
  const artist = await create("artists", { name: "Ada Films", slug: `ada-${randomUUID()}` });
  const products: string[] = [];
  for (const minute of MINUTES) {
    const more = { status: "published", description: "Heavy, black and all but indestructible." };
    products.push(await createProduct(page.request, artist.id, `Thing of minute ${minute}`, more));
  }
  const placements = products.map((product_id, minute) => ({ product_id, start: `${minute}:00` }));
  const chapters = MINUTES.map((minute) => ({ start: `${minute}:30`, title: `Chapter ${minute}` }));
  const video = await create("videos", {
    artist_id: artist.id,
    title: "A room in twenty minutes",
    url: VIDEO,
    duration: "20:00",
    placements: [...placements, { product_id: products[0] }].reverse(),
    chapters,
  });
  return `/videos/${artist.slug}/${video.slug}`;
}

function time(page: Page, minute: number): Locator {
  return page.getByRole("listitem").getByRole("link", { name: `Jump to ${minute}:00`, exact: true });
}

test.describe("a time on the page of a video", { tag: ["@js", "@phone"] }, () => {
  test.beforeEach(async ({ signedIn: _, page, browserLog, visit }) => {
    await servePlayer(page, browserLog);
    await visit(await createVideo(page));
  });

  test("is played where it is seen, beside the product", async ({ page }) => {
    const player = page.locator("iframe");
    await time(page, 18).click();
    await expect(player).toBeInViewport({ ratio: 0.99 });
    await expect(time(page, 18)).toBeInViewport();
    await time(page, 12).click();
    await expect(page.frameLocator("iframe").locator("#told")).toContainText('"seekTo","args":[720,true]');
    await expect(player).toBeInViewport({ ratio: 0.99 });
    await expect(time(page, 12)).toBeInViewport();
    const { width, height } = (await player.boundingBox())!;
    expect(width / height).toBeCloseTo(16 / 9, 1);
  });

  test("is played where it is seen on a screen that is low", { tag: "@desktop" }, async ({ page }) => {
    await page.setViewportSize({ width: 844, height: 390 });
    const player = page.locator("iframe");
    for (const minute of [18, 12]) {
      await time(page, minute).click();
      await expect(player).toBeInViewport({ ratio: 0.7 });
    }
  });

  test("is not hidden behind the player when it is gone to by keys", async ({ page }) => {
    await time(page, 18).click();
    await time(page, 18).focus();
    for (let presses = 0; presses < 20; presses += 1) {
      await page.keyboard.press("Shift+Tab");
      const isSeen = await page.evaluate(() => {
        const focused = document.activeElement!;
        const { left, top, width, height } = focused.getBoundingClientRect();
        const seen = document.elementFromPoint(left + width / 2, top + height / 2);
        return seen !== null && (focused.contains(seen) || seen.contains(focused));
      });
      expect(isSeen).toBe(true);
    }
  });

  test("stands in the order of the video, and what has none is last", async ({ page }) => {
    const rows = page.getByRole("heading", { level: 3 });
    await expect(rows.first()).toHaveText("Thing of minute 0");
    await expect(rows.nth(19)).toHaveText("Thing of minute 19");
    await expect(rows.last()).toHaveText("Thing of minute 0");
  });
});
