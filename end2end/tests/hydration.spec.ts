// Hydration changes nothing on a page that the server has rendered. Hydration warnings on the console fail
// every test of all files, through `browserLog`.

import type { Page } from "@playwright/test";

import {
  button,
  expectNobody,
  expectStudio,
  field,
  header,
  typeCredentials,
} from "../fixtures/account";
import { holdProgram, isSameDocument, markDocument } from "../fixtures/document";
import { expect, expectHydrated, test } from "../fixtures/test";

const PUBLIC = ["/", "/login?next=%2Faccount", "/signup", "/nowhere"];
const PRIVATE = ["/", "/studio", "/account", "/nowhere"];

/** Every element of the body with its attributes and its own text, one per line. */
async function outline(page: Page, html?: string): Promise<string[]> {
  return page.evaluate((raw) => {
    const root = raw ? new DOMParser().parseFromString(raw, "text/html") : document;
    const elements = [...root.body.querySelectorAll("*:not(script)")];
    return elements.map((element) => {
      const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = own.map((node) => node.textContent).join("");
      const attributes = [...element.attributes].map(({ name, value }) => `${name}="${value}"`);
      return `<${[element.localName, ...attributes.sort()].join(" ")}> ${text.trim()}`;
    });
  }, html);
}

test.describe("a page that is hydrated", { tag: ["@js", "@once"] }, () => {
  for (const path of PUBLIC) {
    test(`is for a visitor what ${path} was before`, async ({ page, context, visit }) => {
      await visit(path);
      const raw = await (await context.request.get(path)).text();
      expect(await outline(page)).toEqual(await outline(page, raw));
    });
  }

  for (const path of PRIVATE) {
    test(`is for whoever is signed in what ${path} was before`, async ({
      page,
      context,
      visit,
      signedIn,
    }) => {
      await visit(path);
      const raw = await (await context.request.get(path)).text();
      expect(raw).toContain(signedIn.emailAddress);
      expect(await outline(page)).toEqual(await outline(page, raw));
    });
  }

  test("is after a refused plain form what it was before", async ({ page, visit, person }) => {
    await page.route("**/*.wasm", (route) => route.abort("aborted"));
    await page.goto("/login");
    await typeCredentials(page, person);
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await button.logIn(page).click();
    const raw = await (await answered).text();
    await page.unroute("**/*.wasm");
    await page.setContent(raw);
    expect(raw).toContain(person.emailAddress);
    await visit("/");
  });
});

test.describe("what is done before the page is hydrated", { tag: "@js" }, () => {
  test("stays: what is typed, what is checked and where the cursor is", async ({
    page,
    account,
  }) => {
    const release = await holdProgram(page);
    await page.goto("/login");
    await field.remember(page).check();
    await typeCredentials(page, account);
    release();
    await expectHydrated(page);
    await expect(field.emailAddress(page)).toHaveValue(account.emailAddress);
    await expect(field.password(page)).toHaveValue(account.password);
    await expect(field.password(page)).toBeFocused();
    await expect(field.remember(page)).toBeChecked();
    await button.logIn(page).click();
    await expectStudio(page, account);
  });

  test("is checked once the field is left", async ({ page }) => {
    const release = await holdProgram(page);
    await page.goto("/signup");
    await field.emailAddress(page).fill("abc");
    release();
    await expectHydrated(page);
    await page.keyboard.press("Tab");
    await expect(field.emailAddress(page)).toHaveAttribute("aria-invalid", "true");
  });

  test("is sent by the browser itself", async ({ page, account }) => {
    const release = await holdProgram(page);
    await page.goto("/login");
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expectStudio(page, account);
    release();
  });
});

test.describe("going from page to page", { tag: ["@js", "@phone"] }, () => {
  test("does not load the page anew, and changes title, address and focus", async ({
    page,
    visit,
  }) => {
    await visit("/");
    await markDocument(page);
    await header(page).getByRole("link", { name: "Log in", exact: true }).click();
    await expect(page).toHaveURL("/login");
    await expect(page).toHaveTitle("Log in · Inspired");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.getByRole("link", { name: "Create an account" }).click();
    await expect(page).toHaveURL("/signup");
    await expect(page).toHaveTitle("Sign up · Inspired");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("logging in does not load the page anew", async ({ page, visit, account }) => {
    await visit("/login");
    await markDocument(page);
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expectStudio(page, account);
    await expect(page).toHaveTitle("Studio · Inspired");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("logging out does, so that nothing private stays in memory", async ({
    page,
    visit,
    signedIn: _,
  }) => {
    await visit("/studio");
    await markDocument(page);
    await button.logOut(page).click();
    await expectNobody(page);
    expect(await isSameDocument(page)).toBe(false);
  });

  test("Back and Forward work without a reload", async ({ page, visit, signedIn: _ }) => {
    await visit("/");
    await markDocument(page);
    await page.getByRole("navigation").getByRole("link", { name: "Studio" }).click();
    await expect(page).toHaveURL("/studio");
    await page.goBack();
    await expect(page).toHaveURL("/");
    await expect(page).toHaveTitle("Show where it is from · Inspired");
    await page.goForward();
    await expect(page).toHaveURL("/studio");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Ada");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("Back after logging in does not lead to the form", async ({ page, visit, account }) => {
    await visit("/");
    await header(page).getByRole("link", { name: "Log in", exact: true }).click();
    await expect(page).toHaveURL("/login");
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expectStudio(page, account);
    await page.goBack();
    await expect(page).toHaveURL("/");
    await expect(header(page).getByText(account.emailAddress)).toBeVisible();
  });
});
