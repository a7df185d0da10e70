import { button, typeCredentials, typeSignUp } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("logging in leads to the page that was asked for", async ({ page, visit, account }) => {
  await visit("/account");
  await expect(page).toHaveURL("/login?next=%2Faccount");
  await typeCredentials(page, account);
  await button.logIn(page).click();
  await expect(page).toHaveURL("/account");
});

test("a refusal on the way does not lose the page that was asked for", async ({
  page,
  visit,
  account,
}) => {
  await visit("/login?next=%2Faccount");
  await typeCredentials(page, { ...account, password: "seven quiet lanterns on a boat" });
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await typeCredentials(page, account);
  await button.logIn(page).click();
  await expect(page).toHaveURL("/account");
});

test("signing up leads to the page that was asked for", async ({ page, visit, person }) => {
  await visit("/account");
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page).toHaveURL("/signup?next=%2Faccount");
  await typeSignUp(page, person);
  await button.signUp(page).click();
  await expect(page).toHaveURL("/account");
});

test("whoever is signed in already is led to the page that was asked for", async ({
  page,
  signedIn: _,
}) => {
  await page.goto("/login?next=%2Faccount");
  await expect(page).toHaveURL("/account");
});

const foreign = [
  "//evil.example",
  "https://evil.example/studio",
  "/\\evil.example",
  "/%09/evil.example",
  "javascript:alert(1)",
];
for (const next of foreign) {
  test(`logging in never leads to ${next}`, async ({
    page,
    visit,
    account,
  }) => {
    await visit(`/login?next=${encodeURIComponent(decodeURIComponent(next))}`);
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expect(page).toHaveURL("/studio");
  });
}

test("whoever is signed in already is never led to another host", async ({ page, signedIn: _ }) => {
  await page.goto("/login?next=%2F%2Fevil.example");
  await expect(page).toHaveURL("/studio");
});
