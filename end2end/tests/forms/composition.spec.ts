// Input methods: a text is used only after its composition has ended.

import type { CDPSession, Locator, Page } from "@playwright/test";

import { createArtist, createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

/** Composes a text in the focused field without committing it. */
function compose(input: CDPSession, text: string): Promise<unknown> {
  const end = text.length;
  return input.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
}

/** Commits the composed text. */
function take(input: CDPSession, text: string): Promise<unknown> {
  return input.send("Input.insertText", { text });
}

test.describe("an input method", { tag: "@js" }, () => {
  const fields: [string, string, (page: Page) => Locator][] = [
    ["the search", "/search", (page) => page.getByRole("searchbox")],
    ["a list of the studio", "/studio/products", (page) => page.getByLabel("Search your products")],
  ];
  for (const [what, path, words] of fields) {
    test(`searches ${what} for what was taken, and for nothing that it composes`, async ({
      page,
      context,
      visit,
      signedIn: _,
    }) => {
      await createStudioData(page.request);
      await page.clock.install();
      await visit(path);
      const asked: string[] = [];
      page.on("request", (request) => {
        if (/\/api\/read\/(search|studio\/list)$/.test(request.url())) asked.push(request.url());
      });
      const input = await context.newCDPSession(page);
      await words(page).focus();
      for (const text of ["y", "や", "やま", "山"]) {
        await compose(input, text);
        await page.clock.runFor(1000);
      }
      await page.keyboard.press("Enter");
      await page.clock.runFor(1000);
      expect(asked).toEqual([]);
      await expect(page).toHaveURL(path);
      await take(input, "山本");
      await page.clock.runFor(1000);
      await expect(page).toHaveURL(`${path}?q=${encodeURIComponent("山本")}`);
      await expect.poll(() => asked.length).toBe(1);
      await expect(words(page)).toHaveValue("山本");
    });
  }

  test("sends no form by the key that takes its text", async ({ page, context, visit }) => {
    await visit("/login");
    const input = await context.newCDPSession(page);
    await page.getByLabel("Email address", { exact: true }).focus();
    await compose(input, "山");
    await page.keyboard.press("Enter");
    await take(input, "山本");
    await expect(page.getByLabel("Email address", { exact: true })).toHaveValue("山本");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
  });

  test("is not told what is wrong before it has taken a text", async ({ page, context, visit, signedIn: _ }) => {
    await createArtist(page.request);
    await visit("/studio/videos/new");
    const input = await context.newCDPSession(page);
    const field = page.getByLabel("Length");
    await field.fill("1:23");
    await field.blur();
    await field.focus();
    await page.keyboard.press("End");
    await compose(input, "x");
    await expect(field).toHaveValue("1:23x");
    await expect(field).not.toHaveAttribute("aria-invalid", "true");
    await take(input, "x");
    await expect(field).toHaveAttribute("aria-invalid", "true");
  });
});
