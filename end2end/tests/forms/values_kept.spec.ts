import { button, field, typeSignUp } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("a refused sign-up keeps all that was typed but the password", async ({
  page,
  visit,
  account,
}) => {
  const firstName = `Ada "Augusta" <King> & Co`;
  await visit("/signup");
  await typeSignUp(page, { ...account, firstName });
  await button.signUp(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field.emailAddress(page)).toHaveValue(account.emailAddress);
  await expect(field.firstName(page)).toHaveValue(firstName);
  await expect(field.lastName(page)).toHaveValue(account.lastName);
  await expect(field.password(page)).toHaveValue("");
});

test("a password that was refused by the server is nowhere in the page", async ({
  page,
  visit,
  account,
}) => {
  await visit("/signup");
  await typeSignUp(page, account);
  await button.signUp(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await page.content()).not.toContain(account.password);
});

test("a refused form that is mended is accepted", async ({ page, visit, account, person }) => {
  const another = { ...person, emailAddress: `Another.${account.emailAddress}` };
  await visit("/signup");
  await typeSignUp(page, account);
  await button.signUp(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await field.emailAddress(page).fill(another.emailAddress);
  await field.password(page).fill(another.password);
  await button.signUp(page).click();
  await expect(page).toHaveURL("/studio");
});
