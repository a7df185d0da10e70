// A search whose results follow the typing.

import type { Page } from "@playwright/test";

import { gate, heading, isMarked, mark, serve } from "../../fixtures/content";
import { expect, test } from "../../fixtures/test";

const { opened: slowIsOver, open: letSlowGo } = gate();

/** A search; what is found for `slow` comes after everything else. */
async function serveSearch(page: Page, asked: string[]): Promise<void> {
  await serve(page, "/search", async (request) => {
    const words = new URL(request.url()).searchParams.get("q") ?? "";
    asked.push(words);
    if (words === "slow") await slowIsOver;
    return {
      html: `${heading("Search")}
        <form action="/search" data-live>
          <label>Words <input name="q" value="${words}"></label>
        </form>
        <p data-count aria-live="polite">${words.length} found</p>
        <div data-results>${words ? `<a href="/videos/${words}">About ${words}</a>` : "Nothing"}</div>`,
      title: `${words} · Search`,
    };
  });
  await serve(page, "/videos/lamp", () => ({ html: heading("Lamp") }));
}

test.describe("results", { tag: ["@js", "@once"] }, () => {
  test("follow the typing, and the address with them", async ({ page, visit }) => {
    const asked: string[] = [];
    await serveSearch(page, asked);
    await visit("/search");
    await mark(page);
    const words = page.getByLabel("Words");
    await words.pressSequentially("lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
    await expect(page.locator("[data-count]")).toHaveText("4 found");
    await expect(page).toHaveURL("/search?q=lamp");
    await expect(page).toHaveTitle("lamp · Search");
    await expect(words).toBeFocused();
    await expect(words).toHaveValue("lamp");
    await page.getByRole("link", { name: "About lamp" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lamp");
    await page.goBack();
    await expect(page).toHaveURL("/search?q=lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
    await expect(page.getByLabel("Words")).toHaveValue("lamp");
    expect(await isMarked(page)).toBe(true);
  });

  test("are those of what was typed last", async ({ page, visit }) => {
    const asked: string[] = [];
    await serveSearch(page, asked);
    await visit("/search");
    await page.getByLabel("Words").fill("slow");
    await expect.poll(() => asked).toContain("slow");
    await page.getByLabel("Words").fill("lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
    const late = page.waitForResponse("**/search?q=slow");
    letSlowGo();
    await (await late).finished();
    await expect(page).toHaveURL("/search?q=lamp");
    await expect(page.getByRole("link", { name: "About lamp" })).toBeVisible();
  });

  test("stay as they are when the network fails", async ({ page, watch, visit }) => {
    watch.allow(/ERR_FAILED/);
    await serveSearch(page, []);
    await visit("/search?q=a");
    await page.route("**/search?q=lamp", (route) => route.abort("failed"));
    const failed = page.waitForEvent("requestfailed");
    await page.getByLabel("Words").fill("lamp");
    await failed;
    await expect(page.getByRole("link", { name: "About a" })).toBeVisible();
    await expect(page).toHaveURL("/search?q=a");
  });
});
