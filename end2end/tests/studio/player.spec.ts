// The player beside the list of placed products.

import type { Page } from "@playwright/test";

import type { BrowserLog } from "../../fixtures/browser_log";
import { servePlayer } from "../../fixtures/player";
import { createStudioData, VIDEO } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

async function open(page: Page, browserLog: BrowserLog, visit: (path: string) => Promise<unknown>) {
  const asked = await servePlayer(page, browserLog);
  const studioData = await createStudioData(page.request);
  await visit(`/studio/videos/${studioData.video}`);
  return { asked, frame: page.frameLocator("iframe") };
}

test.describe("the player", { tag: "@js" }, () => {
  test.beforeEach(({ signedIn: _ }) => undefined);

  test("is loaded when it is asked for, and only then", async ({ page, browserLog, visit }) => {
    const { asked, frame } = await open(page, browserLog, visit);
    await expect(page.locator("iframe")).toHaveCount(0);
    expect(asked).toEqual([]);
    await page.getByRole("link", { name: "Load the player of YouTube" }).click();
    await expect(frame.locator("#told")).toContainText("listening");
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/\/embed\/dQw4w9WgXcQ\?enablejsapi=1&origin=http:\/\/127\.0\.0\.1:\d+/);
    const player = page.locator("iframe");
    await expect(player).toHaveAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox",
    );
    await expect(page.getByRole("link", { name: "Watch it on YouTube" })).toHaveAttribute("href", VIDEO);
    await expect(player).toHaveAttribute("title", "The video");
    const { width, height } = (await player.boundingBox())!;
    expect(width / height).toBeCloseTo(16 / 9, 1);
  });

  test("gives its second to whoever tags, and stays while they do", async ({ page, browserLog, visit }) => {
    const { asked } = await open(page, browserLog, visit);
    await page.getByRole("link", { name: "Load the player of YouTube" }).click();
    const form = page.locator("#tagged");
    // The lamp is placed from 1:23 to 1:30.
    await expect(form.getByRole("listitem")).toHaveAttribute("data-current", "");
    for (const product of ["Green sofa", "Woollen rug"]) {
      await form.getByRole("button", { name: "Use the current second" }).click();
      await expect(form.getByLabel("From")).toHaveValue("1:25");
      await expect(form.getByLabel("Product", { exact: true })).toBeFocused();
      await page.keyboard.type(product);
      await page.keyboard.press("Enter");
      await expect(form.getByRole("listitem").filter({ hasText: product })).toContainText("1:25");
    }
    await expect(page.getByRole("status").filter({ hasText: "Tagged." })).toBeVisible();
    expect(asked, "the player was not loaded again").toHaveLength(1);
    // The form of the video has the new placement and revision, so it can be saved.
    await page.getByLabel("Title").fill("Renamed");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.locator("#tagged").getByRole("listitem")).toHaveCount(3);
  });

  test("leaves what is typed around a tag that is refused", async ({ page, browserLog, visit }) => {
    browserLog.allow(/422/);
    await open(page, browserLog, visit);
    await page.getByLabel("Description").fill("Typed, and not saved");
    const form = page.locator("#tagged");
    await form.getByLabel("Product", { exact: true }).fill("No such product");
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByLabel("Product", { exact: true })).toBeFocused();
    await expect(form.getByRole("alert")).toBeVisible();
    await expect(page.getByLabel("Description")).toHaveValue("Typed, and not saved");
    await form.getByLabel("Product", { exact: true }).fill("Green sofa");
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("listitem").filter({ hasText: "Green sofa" })).toBeVisible();
    await expect(page.getByLabel("Description")).toHaveValue("Typed, and not saved");
  });

  test("goes to the second that is clicked", async ({ page, browserLog, visit }) => {
    const { asked, frame } = await open(page, browserLog, visit);
    const time = page.locator("#tagged").getByRole("link", { name: /^1:23/ });
    await time.click();
    await expect(frame.locator("#told")).toContainText("listening");
    expect(asked[0]).toContain("&start=83");
    await time.click();
    await expect(frame.locator("#told")).toContainText('"seekTo","args":[83,true]');
    await expect(page).toHaveURL(/\/studio\/videos\/vid_/);
  });

  test("hears nobody but the player", async ({ page, browserLog, visit }) => {
    await open(page, browserLog, visit);
    await page.getByRole("link", { name: "Load the player of YouTube" }).click();
    const row = page.locator("#tagged").getByRole("listitem");
    await expect(row).toHaveAttribute("data-current", "");
    await page.evaluate(() => {
      postMessage('{"event":"infoDelivery","info":{"currentTime":500}}', "*");
    });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    await expect(row).toHaveAttribute("data-current", "");
  });
});
