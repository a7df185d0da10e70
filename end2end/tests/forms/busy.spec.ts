import { button, expectStudio, typeCredentials } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test.describe("a button whose form is on its way", { tag: "@js" }, () => {
  test("says so, and keeps its name and the focus", async ({ page, visit, account }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/log_in", async (route) => {
      await held;
      await route.continue();
    });
    await visit("/login");
    await typeCredentials(page, account);
    await button.logIn(page).click();
    await expect(button.logIn(page)).toHaveAttribute("aria-busy", "true");
    await expect(button.logIn(page)).toBeFocused();
    await expect(page.getByRole("status").filter({ hasText: "One moment…" })).toBeAttached();
    release();
    await expectStudio(page, account);
  });

  test("is itself again after a refusal", async ({ page, visit, person }) => {
    await visit("/login");
    await typeCredentials(page, person);
    await button.logIn(page).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(button.logIn(page)).not.toHaveAttribute("aria-busy");
    await expect(page.getByText("One moment…")).toHaveCount(0);
  });
});
