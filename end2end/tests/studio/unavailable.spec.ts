// Forms of the studio whose response never arrives or is not a page of ours: no input is lost.

import type { Page, Route } from "@playwright/test";

import { createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const UNAVAILABLE = "We cannot be reached just now. Nothing is lost: check your connection and try again.";

const FAILURES: [string, (route: Route) => Promise<void>][] = [
  ["there is no network", (route) => route.abort("internetdisconnected")],
  [
    "a proxy answers with a page of its own",
    (route) =>
      route.fulfill({
        status: 503,
        contentType: "text/html",
        body: "<!DOCTYPE html><title>503</title><h1>Service Unavailable</h1><p>No server is available.</p>",
      }),
  ],
  ["the answer is empty", (route) => route.fulfill({ status: 200, body: "" })],
];

/** Makes every form submission fail until the returned function is called. */
async function failForms(page: Page, fail: (route: Route) => Promise<void>): Promise<() => Promise<void>> {
  const handle = (route: Route): Promise<void> =>
    route.request().method() === "POST" ? fail(route) : route.fallback();
  await page.route("**/api/studio/**", handle);
  return () => page.unroute("**/api/studio/**", handle);
}

test.describe("a form of the studio", { tag: ["@js", "@phone"] }, () => {
  test.beforeEach(({ signedIn: _, browserLog }) => browserLog.allow(/ERR_INTERNET_DISCONNECTED/));

  for (const [when, fail] of FAILURES) {
    test(`keeps what was typed when ${when}, and can be sent again`, async ({ page, visit }) => {
      const { products } = await createStudioData(page.request);
      await visit("/studio/products");
      await page.getByRole("link", { name: "Red lamp" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Red lamp");
      const reach = await failForms(page, fail);
      await page.getByLabel("Brand").fill("A brand of patience");
      const save = page.getByRole("button", { name: "Save" });
      const notice = page.getByRole("alert");
      for (let tries = 0; tries < 2; tries += 1) {
        await save.click();
        await expect(notice).toHaveText(UNAVAILABLE);
        await expect(notice).toBeFocused();
        await expect(save).not.toHaveAttribute("aria-disabled");
      }
      await expect(page).toHaveURL(`/studio/products/${products[0]}`);
      await expect(page.getByLabel("Brand")).toHaveValue("A brand of patience");

      // The input still counts as unsaved.
      const asked: string[] = [];
      page.once("dialog", (dialog) => {
        asked.push(dialog.message());
        void dialog.dismiss();
      });
      await page.evaluate(() => history.back());
      await expect.poll(() => asked).toEqual(["Leave without saving what you typed?"]);
      await expect(page.getByLabel("Brand")).toHaveValue("A brand of patience");

      await reach();
      await save.click();
      await expect(page.getByText("Saved.")).toBeVisible();
      await expect(notice).toHaveCount(0);
      await page.reload();
      await expect(page.getByLabel("Brand")).toHaveValue("A brand of patience");
    });
  }

  test("that tags says so beside the player, and tags when it is sent again", async ({ page, visit }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    await page.getByLabel("Description").fill("Typed, and not saved");
    const reach = await failForms(page, FAILURES[0]![1]);
    const form = page.locator("#tagged");
    await form.getByLabel("Product", { exact: true }).fill("Green sofa");
    await form.getByLabel("From").fill("2:00");
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("alert")).toHaveText(UNAVAILABLE);
    await expect(form.getByLabel("From")).toHaveValue("2:00");
    await reach();
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("listitem").filter({ hasText: "Green sofa" })).toContainText("2:00");
    await expect(form.getByRole("alert")).toHaveCount(0);
    await expect(page.getByLabel("Description")).toHaveValue("Typed, and not saved");
  });

  test("that publishes says so, and publishes when it is sent again", async ({ page, visit }) => {
    const { artist } = await createStudioData(page.request);
    await visit(`/studio/artists/${artist}`);
    const reach = await failForms(page, FAILURES[0]![1]);
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("alert")).toHaveText(UNAVAILABLE);
    await reach();
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("Published.", { exact: true })).toBeVisible();
  });
});
