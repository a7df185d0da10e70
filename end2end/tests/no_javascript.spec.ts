// What only plain forms can get wrong. The other files run with and without JavaScript, and so test that
// plain forms do everything else.

import { button, expectStudio, field, typeCredentials, typeSignUp } from "../fixtures/account";
import { expect, test } from "../fixtures/test";

test.describe("without JavaScript", { tag: "@no-js" }, () => {
  test("a refused form is answered by its own page, with the status of the refusal", async ({
    page,
    visit,
    account,
  }) => {
    await visit("/signup?next=%2Faccount");
    await typeSignUp(page, account);
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await button.signUp(page).click();
    const response = await answered;
    expect(response.status()).toBe(409);
    expect(await response.headerValue("cache-control")).toBe("no-store");
    await expect(page).toHaveURL("/signup?next=%2Faccount");
  });

  test("the answer to a refused form has no password in it", async ({ page, visit, account }) => {
    await visit("/signup");
    await typeSignUp(page, account);
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await button.signUp(page).click();
    const html = await (await answered).text();
    expect(html).toContain(account.emailAddress);
    expect(html).not.toContain(account.password);
  });

  test("the title of a refused page says so first", async ({ page, visit, person }) => {
    await visit("/login");
    await typeCredentials(page, person);
    await button.logIn(page).click();
    await expect(page).toHaveTitle("Please check: Log in · Inspired");
  });

  test("the field to mend has the cursor", async ({ page, visit, account }) => {
    await visit("/signup");
    await typeSignUp(page, account);
    await button.signUp(page).click();
    await expect(field.emailAddress(page)).toBeFocused();
  });

  test("the same bytes answer an unknown address and a wrong password", async ({
    page,
    visit,
    account,
  }) => {
    const unknown = `x${account.emailAddress.slice(1)}`;
    const html = async (emailAddress: string): Promise<string> => {
      await visit("/login");
      await typeCredentials(page, { emailAddress, password: "seven quiet lanterns on a boat" });
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await button.logIn(page).click();
      const text = await (await answered).text();
      return text.replaceAll(emailAddress, "…").replace(/nonce="[^"]*"/g, "");
    };
    expect(await html(unknown)).toBe(await html(account.emailAddress));
  });

  test("a reload after a login sends nothing again", async ({ page, visit, account }) => {
    await visit("/login");
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expectStudio(page, account);
    const methods: string[] = [];
    page.on("request", (request) => methods.push(request.method()));
    await page.reload();
    await expectStudio(page, account);
    expect(methods).not.toContain("POST");
  });
});
