import { button, expectNobody, expectStudio, sessionCookie, typeCredentials } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("whoever logs out is nobody here, and can log in again", { tag: "@everywhere" }, async ({
  page,
  visit,
  signedIn,
}) => {
  await visit("/studio");
  await button.logOut(page).click();
  await expect(page).toHaveURL(/\/(#logged-out)?$/);
  await expectNobody(page);
  await expect(page.getByText("You are logged out.")).toBeVisible();
  expect(await page.evaluate(() => scrollY), "the top of the page is in view").toBe(0);
  await visit("/login");
  await typeCredentials(page, signedIn);
  await button.logIn(page).click();
  await expectStudio(page, signedIn);
});

test("after logging out Back shows nothing private", async ({ page, visit, signedIn }) => {
  await visit("/studio");
  await visit("/account");
  await button.logOut(page).click();
  await expect(page).toHaveURL(/\/(#logged-out)?$/);
  await page.goBack();
  await expect(page).toHaveURL("/login?next=%2Faccount");
  await expectNobody(page);
  await expect(page.getByText(signedIn.emailAddress)).toHaveCount(0);
});

test("that one is logged out is said once, also where one was on the first page", { tag: "@js" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  const notice = page.getByText("You are logged out.");
  await visit("/");
  await page.evaluate(() => Object.assign(window, { isOld: true }));
  await button.logOut(page).click();
  await expect(notice).toBeVisible();
  expect(await page.evaluate(() => "isOld" in window), "the page is loaded anew").toBe(false);
  await expect(page).toHaveURL("/");
  await expect(notice).toBeVisible();
  await page.reload();
  await expectNobody(page);
  await expect(notice).toBeHidden();
});

test("nobody is told to be logged out who is not", async ({ page, visit, signedIn: _ }) => {
  await visit("/#logged-out");
  await expect(button.logOut(page)).toBeVisible();
  await expect(page.getByText("You are logged out.")).toHaveCount(0);
});

test("logging out ends the session for whoever has copied the cookie", async ({
  page,
  context,
  visit,
  signedIn: _,
}) => {
  const copy = await sessionCookie(context);
  await visit("/studio");
  await button.logOut(page).click();
  await expectNobody(page);
  // The device cookie outlives the logout; it authenticates nothing.
  expect((await context.cookies()).map((cookie) => cookie.name)).toEqual(["device"]);
  await context.addCookies([copy]);
  await page.goto("/studio");
  await expect(page).toHaveURL("/login?next=%2Fstudio");
  expect((await context.request.get("/v1/test")).status()).toBe(401);
});

test("logging out empties the browser's cache of our pages", async ({ page, visit, signedIn: _ }) => {
  await visit("/studio");
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await button.logOut(page).click();
  // Read the headers at once: the browser discards them when it leaves the page.
  const headers = await (await answered).allHeaders();
  expect(headers["clear-site-data"]).toBe('"cache"');
  await expectNobody(page);
});
