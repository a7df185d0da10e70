import {
  button,
  createAccount,
  expectStudio,
  field,
  newPerson,
  typeCredentials,
} from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("password managers find what they need", async ({ page, visit }) => {
  await visit("/login");
  await expect(field.emailAddress(page)).toHaveAttribute("autocomplete", "username");
  await expect(field.password(page)).toHaveAttribute("autocomplete", "current-password");
  await visit("/signup");
  await expect(field.password(page)).toHaveAttribute("autocomplete", "new-password");
  await expect(field.password(page)).toHaveAttribute("type", "password");
});

test("the field explains what a good password is", async ({ page, visit }) => {
  await visit("/signup");
  await expect(field.password(page)).toHaveAccessibleDescription(/At least 12 characters\./);
});

test("a password of 256 characters of any script is neither cut nor changed", async ({
  page,
  visit,
  request,
}) => {
  // The same word 64 times would be refused as easy to guess.
  const words = Array.from({ length: 64 }, (_, at) => `n${String.fromCodePoint(0x4e00 + at * 37)}é🎈`);
  const person = { ...newPerson(), password: words.join("") };
  await createAccount(request, person);
  await visit("/login");
  await typeCredentials(page, person);
  await button.logIn(page).click();
  await expectStudio(page, person);
});

test("nothing offers to show a password where that cannot work", { tag: "@no-js" }, async ({
  page,
  visit,
}) => {
  await visit("/login");
  await expect(page.getByText("Show", { exact: true })).toBeHidden();
});

test.describe("a password that is shown", { tag: ["@js", "@phone"] }, () => {
  test("is readable, and hidden again by the same button", async ({ page, visit }) => {
    await visit("/login");
    await field.password(page).fill("seven quiet lanterns");
    await button.reveal(page).click();
    await expect(button.reveal(page)).toHaveAttribute("aria-pressed", "true");
    await expect(field.password(page)).toHaveAttribute("type", "text");
    await expect(field.password(page)).toHaveValue("seven quiet lanterns");
    await button.reveal(page).click();
    await expect(field.password(page)).toHaveAttribute("type", "password");
  });

  test("is hidden again when it is sent, so that no browser keeps it as a text", async ({
    page,
    visit,
    account,
  }) => {
    await visit("/login");
    await typeCredentials(page, { ...account, password: "seven quiet lanterns" });
    await button.reveal(page).click();
    await button.logIn(page).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(field.password(page)).toHaveAttribute("type", "password");
  });
});

test("pasting works", { tag: "@js" }, async ({ page, context, visit }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit("/login");
  await page.evaluate(() => navigator.clipboard.writeText("seven quiet lanterns"));
  await field.password(page).focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(field.password(page)).toHaveValue("seven quiet lanterns");
});

test("what a password manager fills in without an event is sent", { tag: "@js" }, async ({
  page,
  visit,
  account,
}) => {
  await visit("/login");
  await field.emailAddress(page).evaluate((input: HTMLInputElement, value) => {
    input.value = value;
  }, account.emailAddress);
  await field.password(page).evaluate((input: HTMLInputElement, value) => {
    input.value = value;
  }, account.password);
  await button.logIn(page).click();
  await expectStudio(page, account);
});
