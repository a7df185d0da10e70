// The player on the public page of a video. Its provider cannot be reached from here, so the frame
// shows a small page of our own, with the link that players have to their own page.

import type { Page } from "@playwright/test";

import { expect, test } from "../../fixtures/test";
import type { Watch } from "../../fixtures/watch";

const PLAYER = "https://www.youtube-nocookie.com";
const SITE = "https://www.youtube.com";
const VIDEO = `${SITE}/watch?v=dQw4w9WgXcQ`;

async function serve(page: Page, watch: Watch): Promise<string[]> {
  watch.allow(/^foreign request: https:\/\/www\.youtube(-nocookie)?\.com\//);
  const asked: string[] = [];
  await page.route(`${PLAYER}/**`, (route) => {
    asked.push(route.request().url());
    const body = `<!DOCTYPE html><title>Player</title><a href="${VIDEO}" target="_blank">Watch it there</a>`;
    return route.fulfill({ contentType: "text/html", body });
  });
  await page.context().route(`${SITE}/**`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: "<!DOCTYPE html><title>Site</title><script>document.title = origin</script>",
    }),
  );
  return asked;
}

test.describe("the player on a public page", { tag: "@js" }, () => {
  test("lets its own link open the provider's page, which is no frame of ours", async ({
    page,
    context,
    watch,
    visit,
    catalogue,
  }) => {
    await serve(page, watch);
    await visit(catalogue.video);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    const opened = context.waitForEvent("page");
    await page.frameLocator("iframe").getByRole("link", { name: "Watch it there" }).click();
    const site = await opened;
    await expect(site).toHaveURL(VIDEO);
    // A page within the sandbox would run no script, or have no origin of its own.
    await expect(site).toHaveTitle(SITE);
    await expect(page).toHaveURL(catalogue.video);
  });

  test("leaves our own link to the video beside it", async ({ page, watch, visit, catalogue }) => {
    await serve(page, watch);
    await visit(catalogue.video);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    await expect(page.locator("iframe")).toBeVisible();
    const way = page.getByRole("link", { name: "Watch on YouTube" });
    await expect(way).toBeVisible();
    await expect(way).toHaveAttribute("href", VIDEO);
  });

  test("begins at the second that the address names", async ({ page, watch, visit, catalogue }) => {
    const asked = await serve(page, watch);
    await visit(`${catalogue.video}?t=83`);
    await page.getByRole("link", { name: "Play, from YouTube, from 1:23 on" }).click();
    await expect.poll(() => asked.length).toBe(1);
    expect(new URL(asked[0]!).searchParams.get("start")).toBe("83");
    const way = page.getByRole("link", { name: /^Watch on YouTube/ });
    await expect(way).toHaveAttribute("href", `${VIDEO}&t=83s`);
  });
});

test("without the program the way to the video is there, at the second that is named", {
  tag: "@no-js",
}, async ({ page, visit, catalogue }) => {
  await visit(`${catalogue.video}?t=83`);
  const way = page.getByRole("link", { name: "Watch on YouTube, from 1:23 on" });
  await expect(way).toHaveAttribute("href", `${VIDEO}&t=83s`);
});
