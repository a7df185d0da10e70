import {
  button,
  createAccount,
  expectNobody,
  expectStudio,
  header,
  newPerson,
  startSession,
  typeCredentials,
} from "../../fixtures/account";
import { becomeVisible } from "../../fixtures/tab";
import { expect, expectHydrated, test } from "../../fixtures/test";

test.describe("two tabs", { tag: "@js" }, () => {
  test("who logs out in one is out in the other when it is seen again", async ({
    page,
    context,
    visit,
    signedIn,
  }) => {
    await visit("/studio");
    const other = await context.newPage();
    await other.goto("/studio");
    await button.logOut(other).click();
    await expectNobody(other);
    await becomeVisible(page);
    await expect(page).toHaveURL("/login?next=%2Fstudio");
    await expectNobody(page);
    await expect(page.getByText(signedIn.emailAddress)).toHaveCount(0);
  });

  test("who logs in in one is in in the other when it is seen again", async ({
    page,
    context,
    visit,
    account,
  }) => {
    await visit("/login?next=%2Faccount");
    const other = await context.newPage();
    await other.goto("/login");
    await typeCredentials(other, account);
    await button.logIn(other).click();
    await expectStudio(other, account);
    await becomeVisible(page);
    await expect(page).toHaveURL("/account");
    await expect(header(page).getByText(account.emailAddress)).toBeVisible();
  });

  test("nothing of one account stays when the other tab changes to another", async ({
    page,
    context,
    request,
    visit,
    signedIn,
  }) => {
    const another = { ...newPerson(), firstName: "Grace" };
    await createAccount(request, another);
    await visit("/studio");
    await startSession(context.request, another);
    await becomeVisible(page);
    await expectStudio(page, another);
    await expectHydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Grace");
    expect(await page.content()).not.toContain(signedIn.emailAddress);
  });

  test("a tab that is seen again while nothing has changed stays as it is", async ({
    page,
    visit,
    account,
  }) => {
    await visit("/login");
    await typeCredentials(page, account);
    const asked = page.waitForResponse("**/api/current_visitor");
    await becomeVisible(page);
    await asked;
    await button.logIn(page).click();
    await expectStudio(page, account);
  });
});

test("who logs out in a second tab after the first is out twice, and told nothing strange", async ({
  page,
  context,
  visit,
  signedIn: _,
}) => {
  await visit("/studio");
  const other = await context.newPage();
  await other.goto("/studio");
  await button.logOut(other).click();
  await expectNobody(other);
  await button.logOut(page).click();
  await expect(page).toHaveURL(/\/(#logged-out)?$/);
  await expectNobody(page);
});
