// A session that ends while a page of the studio is open.

import type { BrowserContext, Page } from "@playwright/test";

import {
  button,
  endSession,
  expectNobody,
  header,
  type Person,
  startSession,
  typeCredentials,
} from "../../fixtures/account";
import { change, createStudioData } from "../../fixtures/studio_data";
import { becomeVisible } from "../../fixtures/tab";
import { expect, test } from "../../fixtures/test";

const ENDED = "Your session has ended. What you typed is still here.";

/** Logs in in the tab that the notice opens. */
async function logInInNewTab(page: Page, context: BrowserContext, person: Person): Promise<void> {
  const opened = context.waitForEvent("page");
  await page.getByRole("alert").getByRole("link", { name: "Log in again" }).click();
  const login = await opened;
  await typeCredentials(login, person);
  await button.logIn(login).click();
  await expect(header(login).getByText(person.emailAddress)).toBeVisible();
  await login.close();
}

async function typeProduct(page: Page): Promise<void> {
  const offers = page.getByRole("group", { name: "Offers" }).locator("[data-row]");
  await page.getByLabel("Brand").fill("Typed & kept");
  await page.getByLabel("Description").fill("Two\nlines");
  await page.getByRole("radio", { name: "Published" }).check();
  await offers.nth(0).getByLabel("Availability").selectOption("out of stock");
  await offers.nth(2).getByLabel("Link").fill("https://third.example/lamp");
  await offers.nth(2).getByLabel("Price").fill("9.50");
}

async function expectProduct(page: Page): Promise<void> {
  const offers = page.getByRole("group", { name: "Offers" }).locator("[data-row]");
  await expect(page.getByLabel("Brand")).toHaveValue("Typed & kept");
  await expect(page.getByLabel("Description")).toHaveValue("Two\nlines");
  await expect(page.getByRole("radio", { name: "Published" })).toBeChecked();
  await expect(offers.nth(0).getByLabel("Availability")).toHaveValue("out_of_stock");
  await expect(offers.nth(2).getByLabel("Link")).toHaveValue("https://third.example/lamp");
  await expect(offers.nth(2).getByLabel("Price")).toHaveValue("9.50");
}

test.describe("when the session ends in the middle of a form", () => {
  test("everything stays, and is saved after logging in in a new tab", { tag: "@phone" }, async ({
    page,
    context,
    server,
    visit,
    signedIn,
  }) => {
    const { products } = await createStudioData(page.request);
    const path = `/studio/products/${products[0]}`;
    await visit(path);
    await typeProduct(page);
    await endSession(server.url, context);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText(ENDED);
    await expectNobody(page);
    await expect(page).toHaveURL(path);
    await expectProduct(page);
    expect(await page.content()).not.toContain(signedIn.emailAddress);
    await logInInNewTab(page, context, signedIn);
    await expectProduct(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.goto(path);
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
    await expectProduct(page);
  });

  test("everything stays when it was ended by logging out in another tab", { tag: "@js" }, async ({
    page,
    context,
    visit,
    signedIn,
  }) => {
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    await typeProduct(page);
    const other = await context.newPage();
    await other.goto("/studio");
    await button.logOut(other).click();
    await expectNobody(other);
    await becomeVisible(page);
    await expectNobody(page);
    await expectProduct(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText(ENDED);
    await expectProduct(page);
    await logInInNewTab(page, context, signedIn);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectProduct(page);
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
  });

  test("everything stays also when there is no network then", { tag: "@js" }, async ({
    page,
    context,
    server,
    browserLog,
    visit,
    signedIn,
  }) => {
    browserLog.allow(/ERR_INTERNET_DISCONNECTED/);
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    await typeProduct(page);
    await endSession(server.url, context);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText(ENDED);
    await page.route("**/api/**", (route) => route.abort("internetdisconnected"));
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText("We cannot be reached just now.");
    await expectProduct(page);
    await page.unroute("**/api/**");
    await startSession(context.request, signedIn);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectProduct(page);
  });

  test("what is refused after logging in again stays, and is saved when it is mended", { tag: "@js" }, async ({
    page,
    context,
    server,
    visit,
    signedIn,
  }) => {
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    await typeProduct(page);
    await endSession(server.url, context);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText(ENDED);
    await startSession(context.request, signedIn);
    await change(page.request, `products/${products[0]}`, { brand: "Faster" });
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("alert")).toContainText("It was changed while you were at it");
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
    await expectProduct(page);
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectProduct(page);
  });

  test("a new entity is not lost either", async ({ page, context, server, visit, signedIn }) => {
    await createStudioData(page.request);
    await visit("/studio/videos/new");
    await page.getByLabel("Title").fill("Typed & kept");
    await endSession(server.url, context);
    await page.getByRole("button", { name: "Add the video" }).click();
    await expect(page.getByRole("alert")).toContainText(ENDED);
    await expect(page.getByLabel("Title")).toHaveValue("Typed & kept");
    await logInInNewTab(page, context, signedIn);
    await page.getByRole("button", { name: "Add the video" }).click();
    await expect(page.getByText("Added.")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Typed & kept");
  });

  test("a tag is not lost, and neither is what is typed around it", { tag: "@js" }, async ({
    page,
    context,
    server,
    visit,
    signedIn,
  }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    await page.getByLabel("Description").fill("Typed & kept");
    const form = page.locator("#tagged");
    await form.getByLabel("Product", { exact: true }).fill("Green sofa");
    await form.getByLabel("From").fill("2:00");
    await endSession(server.url, context);
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("alert")).toContainText(ENDED);
    await expect(form.getByLabel("From")).toHaveValue("2:00");
    await logInInNewTab(page, context, signedIn);
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("listitem").filter({ hasText: "Green sofa" })).toContainText("2:00");
    await expect(page.getByLabel("Description")).toHaveValue("Typed & kept");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(page.getByLabel("Description")).toHaveValue("Typed & kept");
  });

  test("a button says so and works afterwards", { tag: "@js" }, async ({
    page,
    context,
    server,
    visit,
    signedIn,
  }) => {
    const { artist } = await createStudioData(page.request);
    await visit(`/studio/artists/${artist}`);
    await endSession(server.url, context);
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByRole("alert")).toContainText("Your session has ended.");
    await expectNobody(page);
    await logInInNewTab(page, context, signedIn);
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("Published.", { exact: true })).toBeVisible();
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
  });
});

test("Back after logging out shows nothing of the studio", async ({ page, visit, signedIn }) => {
  const { products } = await createStudioData(page.request);
  await visit("/studio/products");
  await page.getByRole("link", { name: "Red lamp" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Red lamp");
  await button.logOut(page).click();
  await expect(page).toHaveURL(/\/(#logged-out)?$/);
  await expectNobody(page);
  for (const next of [`%2Fstudio%2Fproducts%2F${products[0]}`, "%2Fstudio%2Fproducts"]) {
    await page.goBack();
    await expect(page).toHaveURL(`/login?next=${next}`);
    await expectNobody(page);
    const html = await page.content();
    for (const secret of ["Red lamp", "Lux", "Green sofa", signedIn.emailAddress]) {
      expect(html).not.toContain(secret);
    }
  }
});
