import { button, expectStudio, typeCredentials, typeSignUp } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("a double click signs up once", async ({ page, visit, person }) => {
  await visit("/signup");
  await typeSignUp(page, person);
  await button.signUp(page).dblclick();
  await expectStudio(page, person);
});

test("a double click logs in once", async ({ page, visit, account }) => {
  await visit("/login");
  await typeCredentials(page, account);
  await button.logIn(page).dblclick();
  await expectStudio(page, account);
});

test("a form that is on its way is not sent again", { tag: "@js" }, async ({
  page,
  visit,
  person,
}) => {
  let sent = 0;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/sign_up", async (route) => {
    sent += 1;
    await held;
    await route.continue();
  });
  await visit("/signup");
  await typeSignUp(page, person);
  await button.signUp(page).click();
  await expect(button.signUp(page)).toHaveAttribute("aria-busy", "true");
  // Playwright waits until the button is not `aria-disabled`; a person does not, so `force` skips the wait.
  await button.signUp(page).click({ force: true });
  await button.signUp(page).press("Enter");
  release();
  await expectStudio(page, person);
  expect(sent).toBe(1);
});
