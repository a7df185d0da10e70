// A search in content, whose results follow the typing.

import type { Page } from "@playwright/test";

import { gate, heading, isMarked, mark, serve } from "../../fixtures/content";
import { expect, test } from "../../fixtures/test";

const { opened: slowIsOver, open: letSlowGo } = gate();

/** A search; what is found for `slow` comes after everything else. */
async function serveSearch(page: Page, asked: string[]): Promise<void> {
  await serve(page, "/studio/products", async (request) => {
    const words = new URL(request.url()).searchParams.get("q") ?? "";
    asked.push(words);
    if (words === "slow") await slowIsOver;
    return {
      html: `${heading("Search")}
        <form action="/studio/products" data-live>
          <label>Words <input name="q" value="${words}"></label>
        </form>
        <p data-count aria-live="polite">${words.length} found</p>
        <div data-results>${words ? `<a href="/studio/videos">About ${words}</a>` : "Nothing"}</div>`,
      title: `${words} · Studio`,
    };
  });
  await serve(page, "/studio/videos", () => ({ html: heading("Lamp") }));
}

// Content stands in the studio, which is for those who are signed in.
test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("results in content", { tag: ["@js", "@once"] }, () => {
  test("follow the typing, and the address with them", async ({ page, visit }) => {
    const asked: string[] = [];
    await serveSearch(page, asked);
    await visit("/studio/products");
    await mark(page);
    const words = page.getByLabel("Words");
    await words.pressSequentially("lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
    await expect(page.locator("[data-count]")).toHaveText("4 found");
    await expect(page).toHaveURL("/studio/products?q=lamp");
    await expect(page).toHaveTitle("lamp · Studio");
    await expect(words).toBeFocused();
    await expect(words).toHaveValue("lamp");
    await page.getByRole("link", { name: "About lamp" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lamp");
    await page.goBack();
    await expect(page).toHaveURL("/studio/products?q=lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
    await expect(page.getByLabel("Words")).toHaveValue("lamp");
    expect(await isMarked(page)).toBe(true);
  });

  test("are those of what was typed last", async ({ page, visit }) => {
    const asked: string[] = [];
    await serveSearch(page, asked);
    await visit("/studio/products");
    await page.getByLabel("Words").fill("slow");
    await expect.poll(() => asked).toContain("slow");
    await page.getByLabel("Words").fill("lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
    const late = page.waitForResponse("**/studio/products?q=slow");
    letSlowGo();
    await (await late).finished();
    await expect(page).toHaveURL("/studio/products?q=lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
  });

  test("stay as they are when the network fails", async ({ page, watch, visit }) => {
    watch.allow(/ERR_FAILED/);
    await serveSearch(page, []);
    await visit("/studio/products?q=a");
    await page.route("**/studio/products?q=lamp", (route) => route.abort("failed"));
    const failed = page.waitForEvent("requestfailed");
    await page.getByLabel("Words").fill("lamp");
    await failed;
    await expect(page.getByRole("link", { name: "About a" })).toBeVisible();
    await expect(page).toHaveURL("/studio/products?q=a");
  });
});
