// A session that ends while its page is open.

import {
  button,
  endSession,
  expectNobody,
  field,
  header,
  startSession,
  typeCredentials,
} from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("a page that is asked for after the end of the session leads to the login and back", async ({
  page,
  context,
  server,
  visit,
  signedIn,
}) => {
  await visit("/account");
  await endSession(server.url, context);
  await page.reload();
  await expect(page).toHaveURL("/login?next=%2Faccount");
  await expectNobody(page);
  await typeCredentials(page, signedIn);
  await button.logIn(page).click();
  await expect(page).toHaveURL("/account");
});

test("what is being typed while the session ends can be sent after logging in again", {
  tag: "@js",
}, async ({ page, context, server, visit, signedIn }) => {
  await visit("/account");
  await field.firstName(page).fill("Augusta");
  await endSession(server.url, context);
  await button.saveName(page).click();
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("Your session has ended.");
  await expect(field.firstName(page)).toHaveValue("Augusta");

  const opened = context.waitForEvent("page");
  await notice.getByRole("link").click();
  const login = await opened;
  await typeCredentials(login, signedIn);
  await button.logIn(login).click();
  await expect(header(login).getByText(signedIn.emailAddress)).toBeVisible();
  await login.close();

  await expect(field.firstName(page)).toHaveValue("Augusta");
  await button.saveName(page).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(field.firstName(page)).toHaveValue("Augusta");
});

test("what is being typed while the session ends stays also when there is no network then", {
  tag: "@js",
}, async ({ page, context, server, browserLog, visit, signedIn }) => {
  browserLog.allow(/ERR_INTERNET_DISCONNECTED/);
  await visit("/account");
  await field.firstName(page).fill("Augusta");
  await endSession(server.url, context);
  await button.saveName(page).click();
  await expect(page.getByRole("alert")).toContainText("Your session has ended.");
  await page.route("**/api/**", (route) => route.abort("internetdisconnected"));
  await button.saveName(page).click();
  await expect(page.getByRole("alert")).toContainText("We cannot be reached just now.");
  await expect(page).toHaveURL("/account");
  await expect(field.firstName(page)).toHaveValue("Augusta");
  await page.unroute("**/api/**");
  await startSession(context.request, signedIn);
  await button.saveName(page).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
});

test("a plain form that is sent after the end of the session keeps what was typed", {
  tag: "@no-js",
}, async ({ page, context, server, visit, signedIn }) => {
  await visit("/account");
  await field.firstName(page).fill("Augusta");
  await endSession(server.url, context);
  await button.saveName(page).click();
  const notice = page.getByRole("alert");
  await expect(notice).toContainText("Your session has ended.");
  await expect(field.firstName(page)).toHaveValue("Augusta");
  await expectNobody(page);

  const opened = context.waitForEvent("page");
  await notice.getByRole("link").click();
  const login = await opened;
  await typeCredentials(login, signedIn);
  await button.logIn(login).click();
  await expect(header(login).getByText(signedIn.emailAddress)).toBeVisible();
  await login.close();

  await button.saveName(page).click();
  await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
  await expect(field.firstName(page)).toHaveValue("Augusta");
});

test("whoever logs out of a session that has ended is logged out", async ({
  page,
  context,
  server,
  visit,
  signedIn: _,
}) => {
  await visit("/studio");
  await endSession(server.url, context);
  await button.logOut(page).click();
  await expect(page).toHaveURL(/\/(#logged-out)?$/);
  await expectNobody(page);
});

test("whoever ends all sessions when this one has ended is asked to log in", async ({
  page,
  context,
  server,
  visit,
  signedIn: _,
}) => {
  await visit("/account");
  await endSession(server.url, context);
  await button.endAllSessions(page).click();
  await expect(page).toHaveURL(/\/login/);
  await expectNobody(page);
});
