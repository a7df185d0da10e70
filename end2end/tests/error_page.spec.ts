// The server goes down while a form is filled in, and comes back.

import { button, createAccount, expectStudio, field, startSession, typeCredentials, typeSignUp } from "../fixtures/account";
import { Server } from "../fixtures/server";
import { becomeVisible } from "../fixtures/tab";
import { expect, test as base } from "../fixtures/test";

const UNREACHABLE = /We cannot be reached just now\. Nothing is lost/;

// Each test stops its server, so it cannot be the worker's.
const test = base.extend<{ ownServer: Server }>({
  ownServer: async ({}, use) => {
    const server = await Server.start();
    await use(server);
    await server.stop();
    expect(server.failures(), "what the server logged").toEqual([]);
  },
  baseURL: async ({ ownServer }, use) => use(ownServer.url),
});

test.describe("while the server is away", { tag: ["@js", "@once"] }, () => {
  test.beforeEach(({ browserLog }) => {
    browserLog.allow(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE/);
  });

  test("a login says so, keeps what was typed, and works afterwards", async ({
    page,
    ownServer,
    visit,
    account,
  }) => {
    await visit("/login");
    await typeCredentials(page, account);
    await ownServer.kill();
    await button.logIn(page).click();
    await expect(page.getByRole("alert")).toHaveText(UNREACHABLE);
    await expect(field.emailAddress(page)).toHaveValue(account.emailAddress);
    await expect(field.password(page)).toHaveValue(account.password);
    await ownServer.restart();
    await button.logIn(page).click();
    await expectStudio(page, account);
  });

  test("a sign-up says so, keeps what was typed, and works afterwards", async ({
    page,
    ownServer,
    visit,
    person,
  }) => {
    await visit("/signup");
    await typeSignUp(page, person);
    await ownServer.kill();
    await button.signUp(page).click();
    await expect(page.getByRole("alert")).toHaveText(UNREACHABLE);
    await expect(field.firstName(page)).toHaveValue(person.firstName);
    await ownServer.restart();
    await button.signUp(page).click();
    await expectStudio(page, person);
  });

  test("a name is not lost, and neither is the session", async ({
    page,
    context,
    ownServer,
    visit,
    account,
  }) => {
    await startSession(context.request, account);
    await visit("/account");
    await field.firstName(page).fill("Augusta");
    await ownServer.kill();
    await button.saveName(page).click();
    await expect(page.getByRole("alert")).toHaveText(UNREACHABLE);
    await ownServer.restart();
    await button.saveName(page).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });

  test("a page that is seen again logs nobody out", async ({
    page,
    context,
    ownServer,
    visit,
    account,
  }) => {
    await startSession(context.request, account);
    await visit("/studio");
    await ownServer.kill();
    const failed = page.waitForEvent("requestfailed");
    await becomeVisible(page);
    await failed;
    await expectStudio(page, account);
  });
});

test("an account that was made is still there after a crash", { tag: "@once" }, async ({
  page,
  request,
  ownServer,
  visit,
  person,
}) => {
  await createAccount(request, person);
  await ownServer.kill();
  await ownServer.restart();
  await visit("/login");
  await typeCredentials(page, person);
  await button.logIn(page).click();
  await expectStudio(page, person);
});

test("what cannot be read is answered by a page that says what to do", { tag: "@phone" }, async ({ page, visit }) => {
  await visit("/login");
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.locator("form").evaluate((form: HTMLFormElement) => {
    form.enctype = "text/plain";
    form.submit();
  });
  expect((await answered).status()).toBe(415);
  await expect(page).toHaveTitle("Not now · Inspired");
  await page.getByRole("link", { name: "Go to the first page" }).click();
  await expect(page).toHaveURL("/");
});
