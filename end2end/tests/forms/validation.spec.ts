// The browser and the server validate with the same functions, so every message is expected with and
// without JavaScript.

import { button, field, typeSignUp } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

const malformed = ["abc", "a@b", "a b@example.org", "a@@example.org", "a@example..org", "<b>@c.de"];
for (const typed of malformed) {
  test(`${typed} is not taken for an address`, async ({
    page,
    visit,
    person,
  }) => {
    await visit("/signup");
    await typeSignUp(page, { ...person, emailAddress: typed });
    await button.signUp(page).click();
    await expect(field.emailAddress(page)).toHaveAccessibleDescription(
      /Enter an address like name@example\.org\./,
    );
    await expect(field.emailAddress(page)).toHaveValue(typed);
  });
}

test("an empty form says of every field that must be filled in that it must", async ({
  page,
  visit,
}) => {
  await visit("/login");
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field.emailAddress(page)).toHaveAccessibleDescription(/Enter your email address\./);
  await expect(field.password(page)).toHaveAccessibleDescription(/Enter your password\./);
});

test("all refused fields are said at once, and the first has the cursor", { tag: "@phone" }, async ({
  page,
  visit,
}) => {
  await visit("/signup");
  await typeSignUp(page, {
    emailAddress: "abc",
    password: "short",
    firstName: "x".repeat(101),
    lastName: "a\u202Eb",
  });
  await button.signUp(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field.emailAddress(page)).toHaveAccessibleDescription(/Enter an address like/);
  await expect(field.password(page)).toHaveAccessibleDescription(/Use at least 12 characters/);
  await expect(field.firstName(page)).toHaveAccessibleDescription(/Use at most 100 characters/);
  await expect(field.lastName(page)).toHaveAccessibleDescription(/an invisible character/);
  await expect(field.emailAddress(page)).toBeFocused();
});

test.describe("while typing", { tag: "@js" }, () => {
  test("a field is not marked before it is left", async ({ page, visit }) => {
    await visit("/signup");
    await field.emailAddress(page).pressSequentially("abc");
    await expect(field.emailAddress(page)).not.toHaveAttribute("aria-invalid");
    await page.keyboard.press("Tab");
    await expect(field.emailAddress(page)).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByText("Enter an address like name@example.org.")).toBeVisible();
  });

  test("a mark goes as soon as what is typed is right, and comes back", async ({ page, visit }) => {
    await visit("/signup");
    await field.emailAddress(page).fill("name@example");
    await page.keyboard.press("Tab");
    await expect(field.emailAddress(page)).toHaveAttribute("aria-invalid", "true");
    await field.emailAddress(page).press("End");
    await field.emailAddress(page).pressSequentially(".org");
    await expect(field.emailAddress(page)).not.toHaveAttribute("aria-invalid");
    await expect(page.getByText("Enter an address like name@example.org.")).toHaveCount(0);
    await field.emailAddress(page).press("Backspace");
    await field.emailAddress(page).press("Backspace");
    await field.emailAddress(page).press("Backspace");
    await expect(field.emailAddress(page)).toHaveAttribute("aria-invalid", "true");
  });

  test("a field that is passed by is not marked", async ({ page, visit }) => {
    await visit("/signup");
    await field.emailAddress(page).focus();
    await field.password(page).focus();
    await field.firstName(page).focus();
    await expect(page.locator("[aria-invalid]")).toHaveCount(0);
  });

  test("a password is held against the address that is typed after it", async ({ page, visit }) => {
    await visit("/signup");
    await field.password(page).fill("i am lovelace 1815");
    await field.emailAddress(page).fill("lovelace@example.org");
    await page.keyboard.press("Tab");
    await expect(field.password(page)).toHaveAccessibleDescription(/Leave out what is in your/);
  });

  test("what the browser can refuse is not sent", async ({ page, visit }) => {
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") sent.push(request.url());
    });
    await visit("/signup");
    await button.signUp(page).click();
    await expect(page.getByRole("alert")).toBeVisible();
    expect(sent).toEqual([]);
  });
});
