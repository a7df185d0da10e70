import {
  button,
  createAccount,
  expectStudio,
  field,
  header,
  newPerson,
  sessionCookie,
  typeCredentials,
} from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

const REFUSED = "Unknown email address or bad password.";

test("whoever logs in is in the studio", { tag: "@everywhere" }, async ({
  page,
  visit,
  account,
}) => {
  await visit("/");
  await header(page).getByRole("link", { name: "Log in", exact: true }).click();
  await typeCredentials(page, account);
  await button.logIn(page).click();
  await expectStudio(page, account);
});

test("a wrong password is refused, and the typed address stays", async ({
  page,
  visit,
  account,
}) => {
  await visit("/login");
  await typeCredentials(page, { ...account, password: "seven quiet lanterns on a boat" });
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toHaveText(REFUSED);
  await expect(field.emailAddress(page)).toHaveValue(account.emailAddress);
  await expect(field.password(page)).toHaveValue("");
  await expect(field.password(page)).toBeFocused();
});

test("an unknown address gets the answer of a wrong password", async ({ page, visit, person }) => {
  await visit("/login");
  await typeCredentials(page, person);
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toHaveText(REFUSED);
  await expect(field.emailAddress(page)).toHaveValue(person.emailAddress);
});

test("after a refusal the right password logs in", async ({ page, visit, account }) => {
  await visit("/login");
  await typeCredentials(page, { ...account, password: "seven quiet lanterns on a boat" });
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await field.password(page).fill(account.password);
  await button.logIn(page).click();
  await expectStudio(page, account);
});

test("the case of an address does not matter", async ({ page, visit, account }) => {
  await visit("/login");
  await typeCredentials(page, { ...account, emailAddress: account.emailAddress.toLowerCase() });
  await button.logIn(page).click();
  await expectStudio(page, account);
});

test("the space around a password is part of it", async ({ page, visit, request }) => {
  const person = { ...newPerson(), password: "  seven quiet lanterns  " };
  await createAccount(request, person);
  await visit("/login");
  await typeCredentials(page, { ...person, password: person.password.trim() });
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toHaveText(REFUSED);
  await field.password(page).fill(person.password);
  await button.logIn(page).click();
  await expectStudio(page, person);
});

for (const path of ["/login", "/signup"]) {
  test(`whoever is signed in is led on from ${path}`, async ({ page, signedIn }) => {
    await page.goto(path);
    await expectStudio(page, signedIn);
  });
}

test("the wish to be kept logged in survives a refusal", async ({ page, visit, account }) => {
  await visit("/login");
  await typeCredentials(page, { ...account, password: "seven quiet lanterns on a boat" });
  await field.remember(page).check();
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field.remember(page)).toBeChecked();
});

test("whoever asks for it is kept logged in for 30 days", async ({
  page,
  context,
  visit,
  account,
}) => {
  await visit("/login");
  await typeCredentials(page, account);
  await field.remember(page).check();
  await button.logIn(page).click();
  await expectStudio(page, account);
  const cookie = await sessionCookie(context);
  const days = (cookie.expires - Date.now() / 1000) / 86_400;
  expect(Math.round(days)).toBe(30);
});

test("a session is not kept when nobody asked for it", async ({ page, context, visit, account }) => {
  await visit("/login");
  await typeCredentials(page, account);
  await button.logIn(page).click();
  await expectStudio(page, account);
  const cookie = await sessionCookie(context);
  expect(cookie.expires).toBe(-1);
});

test("each login begins a session of its own, and ends the one that came with it", {
  tag: "@once",
}, async ({ page, context, visit, signedIn }) => {
  const before = await sessionCookie(context);
  await visit("/");
  const login = await context.request.post("/v1/auth/login", {
    data: { email_address: signedIn.emailAddress, password: signedIn.password },
  });
  expect(login.status()).toBe(200);
  const after = await sessionCookie(context);
  expect(after.value).not.toBe(before.value);
  await context.clearCookies();
  await context.addCookies([before]);
  await page.goto("/studio");
  await expect(page).toHaveURL("/login?next=%2Fstudio");
});
