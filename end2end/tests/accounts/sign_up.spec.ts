import {
  button,
  createAccount,
  expectStudio,
  field,
  newPerson,
  typeSignUp,
} from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("whoever signs up is in the studio at once", { tag: "@everywhere" }, async ({
  page,
  visit,
  person,
}) => {
  await visit("/");
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await typeSignUp(page, person);
  await button.signUp(page).click();
  await expectStudio(page, person);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Ada");
});

test("names are optional", async ({ page, visit, person }) => {
  await visit("/signup");
  await typeSignUp(page, { ...person, firstName: "", lastName: "" });
  await button.signUp(page).click();
  await expectStudio(page, person);
});

test("an address that has an account is refused at its field", async ({ page, visit, account }) => {
  await visit("/signup");
  await typeSignUp(page, account);
  await button.signUp(page).click();
  await expect(field.emailAddress(page)).toHaveAccessibleDescription(/There is an account with/);
  await expect(field.emailAddress(page)).toHaveAttribute("aria-invalid", "true");
  await expect(page).toHaveURL("/signup");
});

test("another spelling of an address is the same account", async ({ page, visit, account }) => {
  await visit("/signup");
  await typeSignUp(page, { ...account, emailAddress: ` ${account.emailAddress.toUpperCase()} ` });
  await button.signUp(page).click();
  await expect(field.emailAddress(page)).toHaveAccessibleDescription(/There is an account with/);
});

test("an address of the world is shown as it was typed", async ({ page, visit, person }) => {
  const typed = { ...person, emailAddress: person.emailAddress.replace("Example.org", "Bücher.Example") };
  await visit("/signup");
  await typeSignUp(page, typed);
  await button.signUp(page).click();
  await expectStudio(page, typed);
});

const guessable = [
  ["has too few characters", "elevenchars", /Use at least 12 characters\./],
  ["has too many characters", "ab ".repeat(86), /Use at most 256 characters\./],
  ["is one character repeated", "zzzzzzzzzzzzzz", /One character over and over/],
  ["is the name of the site", "Inspired-2026", /The name of this site/],
  ["is among the common ones", "qwertyuiop123", /This one is easy to guess/],
] as const;
for (const [what, password, sentence] of guessable) {
  test(`a password that ${what} is refused at its field`, async ({
    page,
    visit,
    person,
  }) => {
    await visit("/signup");
    await typeSignUp(page, { ...person, password });
    await button.signUp(page).click();
    await expect(field.password(page)).toHaveAccessibleDescription(sentence);
  });
}

test("a password that contains the address is refused at its field", async ({
  page,
  visit,
  person,
}) => {
  const [localPart] = person.emailAddress.split("@");
  await visit("/signup");
  await typeSignUp(page, { ...person, password: `my ${localPart} 1815` });
  await button.signUp(page).click();
  await expect(field.password(page)).toHaveAccessibleDescription(/Leave out what is in your email/);
});

test("a sign-up by a program starts no session here", { tag: "@once" }, async ({ context }) => {
  await createAccount(context.request, newPerson());
  expect(await context.cookies()).toEqual([]);
});
