// A page that was open while a newer build replaced the server. The server compares the build that a call
// names, so a page becomes an old one when its calls name another build.

import {
  button,
  expectNobody,
  expectStudio,
  field,
  typeCredentials,
  typeSignUp,
} from "../fixtures/account";
import { sendOtherBuild } from "../fixtures/document";
import { becomeVisible } from "../fixtures/tab";
import { expect, test } from "../fixtures/test";

test.describe("a page of an earlier build", { tag: "@js" }, () => {
  test("signs up", async ({ page, visit, person }) => {
    await visit("/signup");
    await sendOtherBuild(page);
    await typeSignUp(page, person);
    await button.signUp(page).click();
    await expectStudio(page, person);
  });

  test("logs in, and goes on to the page that was asked for", async ({ page, visit, account }) => {
    await visit("/login?next=%2Faccount");
    await sendOtherBuild(page);
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expect(page).toHaveURL("/account");
  });

  test("says why a login is refused, and keeps the typed address", async ({
    page,
    visit,
    person,
  }) => {
    await visit("/login");
    await sendOtherBuild(page);
    await typeCredentials(page, person);
    await button.logIn(page).click();
    await expect(page.getByRole("alert")).toHaveText("Unknown email address or bad password.");
    await expect(field.emailAddress(page)).toHaveValue(person.emailAddress);
  });

  test("saves a name", async ({ page, visit, signedIn: _ }) => {
    await visit("/account");
    await sendOtherBuild(page);
    await field.firstName(page).fill("Augusta");
    const loaded = page.waitForEvent("load");
    await button.saveName(page).click();
    await loaded;
    await page.goto("/studio");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Augusta");
  });

  test("logs out", async ({ page, visit, signedIn: _ }) => {
    await visit("/studio");
    await sendOtherBuild(page);
    await button.logOut(page).click();
    await expect(page).toHaveURL("/");
    await expectNobody(page);
  });

  test("is loaded anew when it is seen again", async ({ page, visit }) => {
    await visit("/login");
    await sendOtherBuild(page);
    const loaded = page.waitForEvent("load");
    await becomeVisible(page);
    await loaded;
    await expect(page).toHaveURL("/login");
  });

  test("stays as it is when something was typed into it", async ({ page, visit, account }) => {
    await visit("/login");
    await sendOtherBuild(page);
    await typeCredentials(page, account);
    const answered = page.waitForResponse("**/api/current_visitor");
    await becomeVisible(page);
    expect((await answered).status()).toBe(409);
    await button.logIn(page).click();
    await expectStudio(page, account);
  });

  test("works as a plain one when its files are gone", async ({ page, browserLog, account }) => {
    browserLog.allow(/^asset: 404 /, /^console error: Failed to load resource: .* 404 .*\/assets\//);
    for (const file of ["**/*.wasm", "**/*.js"]) {
      await page.route(file, (route) => route.fulfill({ status: 404, body: "" }));
    }
    await page.goto("/login");
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expectStudio(page, account);
  });
});
