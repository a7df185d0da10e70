// The player on a video's public page.

import { randomUUID } from "node:crypto";

import type { APIRequestContext, Page } from "@playwright/test";

import type { BrowserLog } from "../../fixtures/browser_log";
import { deferred } from "../../fixtures/deferred";
import { servePlayer } from "../../fixtures/player";
import { createProduct, VIDEO } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const SITE = "https://www.youtube.com";
const OTHER_VIDEO = `${SITE}/watch?v=aqz-KE-bpKQ`;

type Click = Pick<MouseEventInit, "altKey" | "button" | "ctrlKey" | "metaKey" | "shiftKey">;

/** Clicks with a modifier or a button by which the browser opens a tab, a window or a download. */
const CLICKS: Click[] = [
  { ctrlKey: true },
  { metaKey: true },
  { shiftKey: true },
  { altKey: true },
  { button: 1 },
];

async function serve(page: Page, browserLog: BrowserLog): Promise<string[]> {
  browserLog.allow(/^foreign request: https:\/\/www\.youtube\.com\//);
  await page.context().route(`${SITE}/**`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: "<!DOCTYPE html><title>Site</title><script>document.title = origin</script>",
    }),
  );
  return servePlayer(page, browserLog);
}

/** Creates an artist with two videos in which a lamp is placed from 1:23 to 1:30; returns the path of
 * the artist's page. */
async function createTwoVideos(request: APIRequestContext): Promise<string> {
  const create = async (kind: string, data: object): Promise<{ id: string; slug: string }> => {
    const response = await request.post(`/v1/${kind}`, { data: { status: "published", ...data } });
    expect(response.status(), await response.text()).toBe(201);
    return (await response.json()).data;
  };
  const artist = await create("artists", { name: "Ada Films", slug: `ada-${randomUUID()}` });
  const lamp = await createProduct(request, artist.id, "Red lamp", { status: "published" });
  const placements = [{ product_id: lamp, start: "1:23", end: "1:30" }];
  for (const [title, url] of [["First room", VIDEO], ["Second room", OTHER_VIDEO]]) {
    await create("videos", { artist_id: artist.id, title, url, duration: "10:00", placements });
  }
  return `/artists/${artist.slug}`;
}

/** Goes from the artist's page to the first video, back by its link, and on to the second one. */
async function seeBoth(page: Page): Promise<void> {
  for (const title of ["First room", "Ada Films", "Second room"]) {
    await page.getByRole("main").getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  }
}

test.describe("the player on a public page", { tag: "@js" }, () => {
  test("lets its own link open the provider's page, which is no frame of ours", async ({
    page,
    context,
    browserLog,
    visit,
    catalogue,
  }) => {
    await serve(page, browserLog);
    await visit(catalogue.video);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    const opened = context.waitForEvent("page");
    await page.frameLocator("iframe").getByRole("link", { name: "Watch it there" }).click();
    const site = await opened;
    await expect(site).toHaveURL(VIDEO);
    // If the tab inherited the frame's sandbox, the page would run no script or have an opaque origin.
    await expect(site).toHaveTitle(SITE);
    await expect(page).toHaveURL(catalogue.video);
  });

  test("leaves our own link to the video beside it", async ({ page, browserLog, visit, catalogue }) => {
    await serve(page, browserLog);
    await visit(catalogue.video);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    await expect(page.locator("iframe")).toBeVisible();
    const way = page.getByRole("link", { name: "Watch on YouTube" });
    await expect(way).toBeVisible();
    await expect(way).toHaveAttribute("href", VIDEO);
  });

  test("begins at the second that the address names", async ({ page, browserLog, visit, catalogue }) => {
    const asked = await serve(page, browserLog);
    await visit(`${catalogue.video}?t=83`);
    await page.getByRole("link", { name: "Play, from YouTube, from 1:23 on" }).click();
    await expect.poll(() => asked.length).toBe(1);
    expect(new URL(asked[0]!).searchParams.get("start")).toBe("83");
    const way = page.getByRole("link", { name: /^Watch on YouTube/ });
    await expect(way).toHaveAttribute("href", `${VIDEO}&t=83s`);
  });

  test("has the focus once it is loaded", async ({ page, browserLog, visit, catalogue }) => {
    await serve(page, browserLog);
    await visit(catalogue.video);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    await expect(page.locator("iframe")).toBeFocused();
  });

  test("marks what is seen now, and hears no other window", async ({
    page,
    browserLog,
    visit,
    catalogue,
  }) => {
    await serve(page, browserLog);
    await visit(catalogue.video);
    const row = (name: string) => page.getByRole("listitem").filter({ hasText: name });
    const [pan, knife] = [row("Carbon steel pan, 28 cm"), row("Petty knife, 15 cm")];
    await expect(page.locator("[data-current]")).toHaveCount(0);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    await expect(pan).toHaveAttribute("data-current", "");
    await expect(page.locator("[data-current]")).toHaveCount(1);
    await page.evaluate(async () => {
      const heard = new Promise((resolve) => addEventListener("message", resolve, { once: true }));
      postMessage('{"event":"infoDelivery","info":{"currentTime":500}}', "*");
      await heard;
      await new Promise(requestAnimationFrame);
    });
    await expect(pan).toHaveAttribute("data-current", "");
    await page.getByRole("link", { name: "Jump to 4:32" }).click();
    await expect(knife).toHaveAttribute("data-current", "");
    await expect(page.locator("[data-current]")).toHaveCount(1);
  });

  test("leaves a click that asks for more than to go there to the browser", async ({
    page,
    browserLog,
    visit,
    catalogue,
  }) => {
    await serve(page, browserLog);
    await visit(catalogue.video);
    const isTaken = (name: string, more: Click): Promise<boolean> =>
      page.getByRole("link", { name }).evaluate((link, more) => {
        let isTaken = false;
        const heard = (click: Event): void => {
          isTaken = click.defaultPrevented;
          click.preventDefault();
        };
        link.closest("main")!.addEventListener("click", heard, { once: true });
        link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ...more }));
        return isTaken;
      }, more);
    for (const name of ["Play, from YouTube", "Jump to 4:32"]) {
      for (const click of CLICKS) {
        expect(await isTaken(name, click), JSON.stringify(click)).toBe(false);
      }
    }
    await expect(page.locator("iframe")).toHaveCount(0);
    expect(await isTaken("Jump to 4:32", {})).toBe(true);
    await expect(page.locator("iframe")).toHaveCount(1);
  });

  test("is not on the page of another video, to which the history leads", async ({
    page,
    browserLog,
    visit,
    signedIn: _,
  }) => {
    const asked = await serve(page, browserLog);
    const heading = page.getByRole("heading", { level: 1 });
    await visit(await createTwoVideos(page.request));
    await seeBoth(page);
    const [player, lit] = [page.locator("iframe"), page.locator("[data-current]")];
    // Back and forth: no page may start with the other page's player.
    for (const [title, way] of [["First room", -2], ["Second room", 2], ["First room", -2]] as const) {
      await page.getByRole("link", { name: "Play, from YouTube" }).click();
      await expect(lit).toHaveCount(1);
      await page.evaluate((steps) => history.go(steps), way);
      await expect(heading).toHaveText(title);
      await expect(player).toHaveCount(0);
      await expect(lit).toHaveCount(0);
    }
    await page.getByRole("link", { name: "Jump to 1:23" }).click();
    await expect(player).toHaveAttribute("src", /\/embed\/dQw4w9WgXcQ\?.*&start=83$/);
    expect(asked.map((address) => new URL(address).pathname)).toEqual([
      "/embed/aqz-KE-bpKQ",
      "/embed/dQw4w9WgXcQ",
      "/embed/aqz-KE-bpKQ",
      "/embed/dQw4w9WgXcQ",
    ]);
  });

  test("is not there yet at another second of the same video, to which the history leads", async ({
    page,
    browserLog,
    visit,
    catalogue,
  }) => {
    await serve(page, browserLog);
    const heading = page.getByRole("heading", { level: 1 });
    await visit(`${catalogue.video}?t=83`);
    await page.getByRole("main").getByRole("link", { name: "Clara Winter" }).click();
    await expect(heading).toHaveText("Clara Winter");
    await page.getByRole("main").getByRole("link", { name: /^One pan, four dinners/ }).click();
    await page.getByRole("link", { name: "Play, from YouTube", exact: true }).click();
    await expect(page.locator("iframe")).toHaveCount(1);
    await page.evaluate(() => history.go(-2));
    await expect(page.getByRole("link", { name: "Play, from YouTube, from 1:23 on" })).toBeVisible();
    await expect(page.locator("iframe")).toHaveCount(0);
  });

  test("stays until the page of another video is there, and breaks no page that follows", async ({
    page,
    browserLog,
    visit,
    signedIn: _,
  }) => {
    await serve(page, browserLog);
    const heading = page.getByRole("heading", { level: 1 });
    await visit(await createTwoVideos(page.request));
    await seeBoth(page);
    await page.getByRole("link", { name: "Play, from YouTube" }).click();
    const lit = page.locator("[data-current]");
    await expect(lit).toHaveCount(1);
    const { released, release } = deferred();
    const asked = page.waitForRequest("**/api/read/video");
    await page.route("**/api/read/video", async (route) => {
      await released;
      await route.continue().catch(() => undefined);
    });
    await page.evaluate(() => history.go(-2));
    await asked;
    await page.frameLocator("iframe").locator("html").evaluate(() => {
      const told = { event: "infoDelivery", info: { currentTime: 500 } };
      parent.postMessage(JSON.stringify(told), "*");
    });
    await expect(lit).toHaveCount(0);
    await page.getByRole("link", { name: "Jump to 1:23" }).click();
    await expect(lit).toHaveCount(1);
    await page.goForward();
    await expect(heading).toHaveText("Ada Films");
    release();
    await page.getByRole("main").getByRole("link", { name: "First room" }).click();
    await expect(heading).toHaveText("First room");
    await expect(page.locator("iframe")).toHaveCount(0);
  });
});

test("without the program the way to the video is there, at the second that is named", {
  tag: "@no-js",
}, async ({ page, visit, catalogue }) => {
  await visit(`${catalogue.video}?t=83`);
  const way = page.getByRole("link", { name: "Watch on YouTube, from 1:23 on" });
  await expect(way).toHaveAttribute("href", `${VIDEO}&t=83s`);
});
