import { randomUUID } from "node:crypto";

import type { Locator, Page } from "@playwright/test";

import {
  button,
  createAccount,
  expectStudio,
  field,
  newPerson,
  type Person,
  startSession,
} from "../fixtures/account";
import { expectAccessible, expectContrastInTheDark } from "../fixtures/axe";
import { excessWidth, moving, smallTargets, unreadableTexts } from "../fixtures/layout";
import { states } from "../fixtures/states";
import { expect, test } from "../fixtures/test";

/** A person with the longest permitted email address and a long name, which is hardest to lay out. */
function longestPerson(): Person {
  const localPart = randomUUID().replaceAll("-", "").padEnd(64, "l");
  return {
    ...newPerson(),
    emailAddress: `${localPart}@${"o".repeat(60)}.${"n".repeat(60)}.${"g".repeat(59)}.example`,
    firstName: "Wolfeschlegelsteinhausenbergerdorff".repeat(2),
  };
}

/** Viewport widths in pixels from the narrowest phone to a wide screen, with text at 100 % and 200 %. */
const sizes = [
  { width: 320, text: 16 },
  { width: 640, text: 16 },
  { width: 640, text: 32 },
  { width: 1280, text: 32 },
  { width: 2560, text: 16 },
];

// Each test opens a page once and makes all checks on it, because opening takes far longer than a check.
test.describe("everybody can use", { tag: ["@js", "@phone"] }, () => {
  test.describe.configure({ timeout: 60_000 });
  for (const { name, isPrivate, show } of states) {
    test(`the page "${name}"`, async ({ page, context, request, visit, catalogue, isMobile }) => {
      if (isPrivate) {
        const person = longestPerson();
        await createAccount(request, person);
        await startSession(context.request, person);
      }
      await show(page, visit, catalogue);
      await expectAccessible(page);
      await expectContrastInTheDark(page);
      expect.soft(await smallTargets(page), "smaller than 44 pixels").toEqual([]);
      expect.soft(await excessWidth(page), "pixels out of sight").toBe(0);
      expect.soft(await unreadableTexts(page)).toEqual([]);
      // An emulated phone has a single viewport size.
      if (!isMobile) await expectFitIn(sizes, page);
      await expectVisibleFocus(page);
    });
  }
});

test("the page is as light or dark as the system", { tag: "@variants" }, async ({
  page,
  visit,
  colorScheme,
}) => {
  await visit("/");
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const lightness = Number(/^oklch\(([\d.]+)/.exec(colour)?.[1]);
  if (colorScheme === "dark") expect(lightness).toBeLessThan(0.3);
  else expect(lightness).toBeGreaterThan(0.9);
});

test("nothing moves for those who asked for it", { tag: ["@js", "@once"] }, async ({
  page,
  visit,
  account,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of ["/", "/signup", "/login"]) {
    await visit(path);
    expect(await moving(page), path).toEqual([]);
  }
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/log_in", async (route) => {
    await held;
    await route.continue();
  });
  await field.emailAddress(page).fill(account.emailAddress);
  await field.password(page).fill(account.password);
  await button.logIn(page).click();
  await expect(button.logIn(page)).toHaveAttribute("aria-busy", "true");
  expect(await moving(page)).toEqual([]);
  release();
  await expectStudio(page, account);
});

test("the keyboard alone leads from the first page into the studio and out", async ({
  page,
  visit,
  person,
}) => {
  await visit("/");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeInViewport();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("main").getByRole("link", { name: "Create an account" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/signup");
  await tabTo(page, field.emailAddress(page));
  await page.keyboard.type(person.emailAddress);
  await tabTo(page, field.password(page));
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expectStudio(page, person);
  await tabTo(page, button.logOut(page));
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/\/(#logged-out)?$/);
});

test("the skip link leads past the navigation", async ({ page, visit }) => {
  await visit("/login");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(field.emailAddress(page)).toBeFocused();
});

test("what is refused is announced, and belongs to its field", async ({ page, visit }) => {
  await visit("/login");
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toContainText("please look at what is marked below");
  for (const one of [field.emailAddress(page), field.password(page)]) {
    await expect(one).toHaveAttribute("aria-invalid", "true");
    await expect(one).toHaveAccessibleDescription(/^Enter your /);
  }
});

/** Expects that no text is cut off, covered or outside the viewport in any of these sizes. */
async function expectFitIn(all: typeof sizes, page: Page): Promise<void> {
  const before = page.viewportSize()!;
  const settings = await page.context().newCDPSession(page);
  for (const { width, text } of all) {
    const size = `${width} pixels wide, text of ${text} pixels`;
    await page.setViewportSize({ width, height: 640 });
    await settings.send("Page.setFontSizes", { fontSizes: { standard: text } });
    await expect(page.locator("html")).toHaveCSS("font-size", `${text}px`);
    expect.soft(await excessWidth(page), `pixels out of sight, ${size}`).toBe(0);
    expect.soft(await unreadableTexts(page), size).toEqual([]);
  }
  await settings.send("Page.setFontSizes", { fontSizes: { standard: 16 } });
  await page.setViewportSize(before);
}

/** Expects a visible outline on every element that Tab focuses. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const outlines = await page.evaluateHandle(() => {
    const seen: { element: string; style: string; width: number }[] = [];
    document.addEventListener("focusin", ({ target }) => {
      const element = target as Element;
      const { outlineStyle: style, outlineWidth } = getComputedStyle(element);
      seen.push({ element: element.outerHTML.slice(0, 80), style, width: parseFloat(outlineWidth) });
    });
    return seen;
  });
  const stops = await page.locator("a[href]:visible, button:visible, input:visible").count();
  for (let stop = 0; stop < stops; stop += 1) await page.keyboard.press("Tab");
  const seen = await outlines.jsonValue();
  expect(seen.length, "elements that took the focus").toBeGreaterThan(0);
  expect(seen.filter(({ style, width }) => style === "none" || width < 2)).toEqual([]);
}

/** Presses Tab until the element has the focus; at most 40 times, more than a page has stops. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target, "reached with the keyboard").toBeFocused();
}
