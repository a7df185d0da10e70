import type { Page } from "@playwright/test";

import { button, field } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("a changed name is kept", async ({
  page,
  visit,
  javaScriptEnabled,
  signedIn,
}) => {
  await visit("/account");
  await expect(field.lastName(page)).toHaveValue(signedIn.lastName);
  await field.firstName(page).fill("  علی‌رضا ");
  await save(page, javaScriptEnabled);
  await page.goto("/account");
  await expect(field.firstName(page)).toHaveValue("علی‌رضا");
});

test("an emptied name is removed", async ({
  page,
  visit,
  javaScriptEnabled,
  signedIn: _,
}) => {
  await visit("/account");
  await field.firstName(page).fill("");
  await save(page, javaScriptEnabled);
  await page.goto("/studio");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome to your studio");
});

test("a name that is too long is refused at its field, and stays there", async ({
  page,
  visit,
  signedIn: _,
}) => {
  const long = "é".repeat(101);
  await visit("/account");
  await field.firstName(page).fill(long);
  await button.saveName(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field.firstName(page)).toHaveAccessibleDescription(/Use at most 100 characters/);
  await expect(field.firstName(page)).toHaveValue(long);
  await expect(field.firstName(page)).toBeFocused();
});

test("markup in a name is text", async ({
  page,
  visit,
  javaScriptEnabled,
  signedIn: _,
}) => {
  const name = `<img src=x onerror="alert(1)">'"&amp;</script>`;
  await visit("/account");
  await field.firstName(page).fill(name);
  await save(page, javaScriptEnabled);
  await visit("/studio");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Welcome, ${name}`);
  await visit("/account");
  await expect(field.firstName(page)).toHaveValue(name);
});

test("a saved name is said at once and shown everywhere without a reload", {
  tag: "@js",
}, async ({ page, visit, signedIn: _ }) => {
  await visit("/account");
  await field.firstName(page).fill("Augusta");
  await button.saveName(page).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Studio" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome, Augusta");
});

/** Saves the name and waits until it is saved. */
async function save(page: Page, isAlive: boolean): Promise<void> {
  const loaded = isAlive ? undefined : page.waitForEvent("load");
  await button.saveName(page).click();
  if (loaded) await loaded;
  else await expect(page.getByText("Saved.")).toBeVisible();
}
