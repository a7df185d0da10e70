// A creator's tasks from the first visit on, with and without JavaScript.

import { randomUUID } from "node:crypto";

import type { Page } from "@playwright/test";

import { button, expectNobody, expectStudio, typeSignUp } from "../../fixtures/account";
import { createStudioData, VIDEO } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

/** A product page of a retailer that a moderator has approved. */
const LAMP = "https://www.northkettle.example/lamps/red";

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole("main").getByRole("link", { name, exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

/** The form beside the player that places a product. */
function tagging(page: Page) {
  return page.locator("#tagged");
}

test("from signing up to a visitor at the shop of a product in a published video", {
  tag: "@everywhere",
}, async ({ page, request, visit, person, catalogue: _ }) => {
  const artist = `Ada ${randomUUID()}`;
  await visit("/signup");
  await typeSignUp(page, person);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectStudio(page, person);

  await page.getByLabel("Name", { exact: true }).fill(artist);
  await page.getByRole("button", { name: "Add the artist" }).click();
  await expect(page.getByText("Done", { exact: true })).toHaveCount(1);
  await page.getByLabel("Link of the video").fill("youtu.be/dQw4w9WgXcQ");
  await page.getByLabel("Title").fill("My room");
  await page.getByRole("button", { name: "Add the video" }).click();
  await expect(page.getByText("Done", { exact: true })).toHaveCount(2);
  await page.getByLabel("Name", { exact: true }).fill("Red lamp");
  await page.getByRole("button", { name: "Add the product" }).click();
  await expect(page.getByText("All three are done.")).toBeVisible();
  await expect(page.getByText("Done", { exact: true })).toHaveCount(3);

  for (const product of ["Green sofa", "Woollen rug"]) {
    await visit("/studio/products/new");
    await page.getByLabel("Name", { exact: true }).fill(product);
    await page.getByRole("button", { name: "Add the product" }).click();
    await expect(page.getByText("Added.")).toBeVisible();
  }

  await visit("/studio");
  await follow(page, "My room");
  const form = tagging(page);
  for (const [product, time] of [["Red lamp", "0:10"], ["Green sofa", "1:23"], ["Woollen rug", ""]]) {
    await form.getByLabel("Product", { exact: true }).fill(product!);
    await form.getByLabel("From").fill(time!);
    await form.getByRole("button", { name: "Tag it" }).click();
    await expect(form.getByRole("listitem").filter({ hasText: product! })).toBeVisible();
  }
  await expect(page.getByText("Tagged.")).toBeVisible();
  await expect(form.getByRole("link", { name: "1:23" })).toHaveAttribute("href", `${VIDEO}&t=83s`);

  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(`Published, but nobody sees it until ${artist} is.`)).toBeVisible();
  await expect(page.getByText("Not public: its artist is a draft")).toBeVisible();
  await follow(page, artist);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Published.", { exact: true })).toBeVisible();
  await visit("/studio");
  await expect(page.getByText("1 of 1 public")).toHaveCount(2);

  await visit("/studio/products");
  await follow(page, "Red lamp");
  const offer = page.getByRole("group", { name: "Offers" }).locator("[data-row]").first();
  await offer.getByLabel("Link").fill(LAMP);
  await offer.getByLabel("Price").fill("19,90");
  await page.getByRole("radio", { name: "Published" }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await button.logOut(page).click();
  await expectNobody(page);
  // On Elasticsearch, public lists show a new entity after the refresh of the index, within a second.
  const found = page.getByRole("main").getByRole("link", { name: artist, exact: true }).first();
  await expect(async () => {
    await visit(`/search?q=${encodeURIComponent(artist)}`);
    await expect(found).toBeVisible({ timeout: 500 });
  }).toPass();
  await found.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(artist);
  await page.getByRole("link", { name: "My room", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My room");
  // The other two products are drafts, which the public page omits.
  await expect(page.getByText("Green sofa")).toHaveCount(0);
  await page.getByRole("link", { name: "Red lamp", exact: true }).click();
  await expect(page.getByText("€19.90").first()).toBeVisible();
  const way = page.getByRole("link", { name: "Go to North Kettle" });
  const answer = await request.get((await way.getAttribute("href")) ?? "", { maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  expect(answer.headers().location).toBe(LAMP);
});

test("what is deleted comes back by one button", { tag: "@phone" }, async ({ page, visit, signedIn: _ }) => {
  const { video } = await createStudioData(page.request);
  await visit(`/studio/videos/${video}`);
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("“My room, finally tidy” is deleted.")).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Restored, as it was.")).toBeVisible();
  await page.goto(`/studio/videos/${video}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("My room, finally tidy");
});

test("what is deleted from a filtered list leads back to it, and so does taking it back", { tag: "@js" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  await createStudioData(page.request);
  await visit("/studio/products?q=lamp&sort=name");
  await page.getByRole("link", { name: "Red lamp" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("“Red lamp” is deleted.")).toBeVisible();
  await expect(page.getByLabel("Search your products")).toHaveValue("lamp");
  await expect(page.getByRole("rowheader")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Restored, as it was.")).toBeVisible();
  await expect(page.getByRole("rowheader")).toHaveText(["Red lamp"]);
  await expect(page).toHaveURL(/\/studio\/products\?q=lamp&sort=name/);
});

test("a form that is saved takes the place of itself in the history", { tag: "@js" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  await createStudioData(page.request);
  await visit("/studio/products");
  await page.getByRole("link", { name: "Red lamp" }).click();
  for (const brand of ["One", "Two"]) {
    await page.getByLabel("Brand").fill(brand);
    const shown = page.waitForResponse("**/api/read/studio/entity");
    await page.getByRole("button", { name: "Save" }).click();
    await shown;
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.getByText("Saved.")).toBeVisible();
  }
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Products");
});

test("the form of one product never holds what was typed into that of another", { tag: "@js" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  const { products } = await createStudioData(page.request);
  await visit(`/studio/products/${products[0]}`);
  await page.getByLabel("Brand").fill("Of the lamp");
  page.once("dialog", (dialog) => dialog.accept());
  // A link to another entity of the same route.
  await page.evaluate((id) => {
    const link = Object.assign(document.createElement("a"), { href: `/studio/products/${id}`, textContent: "Other" });
    document.querySelector("h1")!.after(link);
  }, products[1]);
  await page.getByRole("link", { name: "Other", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Green sofa");
  await expect(page.getByLabel("Brand")).toHaveValue("");
});

test("what is saved in another spelling is shown in that", { tag: "@js" }, async ({ page, visit, signedIn: _ }) => {
  const { products } = await createStudioData(page.request);
  await visit(`/studio/products/${products[0]}`);
  await page.getByLabel("Brand").fill("  Kettle  ");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Brand")).toHaveValue("Kettle");
});

test("what nobody touched here is taken over when somebody else was faster", { tag: "@js" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  const { products } = await createStudioData(page.request);
  await visit(`/studio/products/${products[0]}`);
  const changed = await page.request.patch(`/v1/products/${products[0]}`, {
    data: { name: "Very red lamp", brand: "Faster" },
    headers: { "if-match": "*" },
  });
  expect(changed.status()).toBe(200);
  await page.getByLabel("Brand").fill("Slower");
  await page.getByRole("button", { name: "Save" }).click();
  const notice = page.getByRole("alert");
  await expect(notice).toBeFocused();
  await expect(notice.getByRole("rowheader")).toHaveText(["Brand"]);
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Very red lamp");
  await expect(page.getByLabel("Brand")).toHaveValue("Slower");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Very red lamp");
});

test("two who change one thing see both sides, and nothing is lost", { tag: "@phone" }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  const { products } = await createStudioData(page.request);
  await visit(`/studio/products/${products[0]}`);
  const changed = await page.request.patch(`/v1/products/${products[0]}`, {
    data: { brand: "Faster" },
    headers: { "if-match": "*" },
  });
  expect(changed.status()).toBe(200);
  await page.getByLabel("Brand").fill("Slower");
  await page.getByRole("button", { name: "Save" }).click();
  const sides = page.getByRole("alert").getByRole("table");
  await expect(sides.getByRole("row").filter({ hasText: "Brand" })).toContainText(/Faster.*Slower/);
  await expect(page.getByLabel("Brand")).toHaveValue("Slower");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Brand")).toHaveValue("Slower");
});

test("the list follows the typing, and the address is what it shows", { tag: ["@js", "@phone"] }, async ({
  page,
  visit,
  signedIn: _,
}) => {
  await createStudioData(page.request);
  await visit("/studio/products");
  await expect(page.getByRole("rowheader")).toHaveCount(3);
  await page.getByLabel("Search your products").pressSequentially("lam");
  await expect(page.getByText("1 product", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/studio\/products\?q=lam/);
  await page.reload();
  await expect(page.getByRole("link", { name: "Red lamp" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Green sofa" })).toHaveCount(0);
});
