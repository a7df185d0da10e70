// Typing with an input method: text is not used before its composition has ended.

import type { CDPSession } from "@playwright/test";

import { searches } from "../../fixtures/searches";
import { createArtist } from "../../fixtures/things";
import { expect, test } from "../../fixtures/test";

/** Composes a text in the field that has the focus, and does not take it yet. */
function compose(input: CDPSession, text: string): Promise<unknown> {
  const end = text.length;
  return input.send("Input.imeSetComposition", { text, selectionStart: end, selectionEnd: end });
}

/** Takes what was composed. */
function take(input: CDPSession, text: string): Promise<unknown> {
  return input.send("Input.insertText", { text });
}

test.describe("an input method", { tag: "@js" }, () => {
  test("searches for what was taken, and for nothing that it composes", async ({
    page,
    context,
    visit,
  }) => {
    await page.clock.install();
    await visit("/search");
    const asked = searches(page);
    const input = await context.newCDPSession(page);
    await page.getByRole("searchbox").focus();
    for (const text of ["y", "や", "やま", "山"]) {
      await compose(input, text);
      await page.clock.runFor(1000);
    }
    await page.keyboard.press("Enter");
    await page.clock.runFor(1000);
    expect(asked).toEqual([]);
    await expect(page).toHaveURL("/search");
    await take(input, "山本");
    await page.clock.runFor(1000);
    await expect(page).toHaveURL(`/search?q=${encodeURIComponent("山本")}`);
    expect(asked).toEqual(["山本"]);
    await expect(page.getByRole("searchbox")).toHaveValue("山本");
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
