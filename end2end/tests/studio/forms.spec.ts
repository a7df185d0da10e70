// Forms of the studio: refused, accepted, pending, and sent to a server of another build.

import { deferred } from "../../fixtures/deferred";
import { isSameDocument, markDocument, sendOtherBuild } from "../../fixtures/document";
import { createArtist, createStudioData } from "../../fixtures/studio_data";
import { expect, test } from "../../fixtures/test";

const UPDATE = "**/api/studio/update";

test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("a form of the studio", { tag: ["@js", "@once"] }, () => {
  test("that is refused says so in place, at the field to mend, and loses nothing", async ({
    page,
    visit,
  }) => {
    const { products } = await createStudioData(page.request);
    const path = `/studio/products/${products[0]}`;
    await visit(path);
    await markDocument(page);
    await page.getByLabel("Brand").fill(`a & ä "<b>`);
    await page.getByLabel("Name", { exact: true }).fill("");
    await page.getByRole("button", { name: "Save" }).click();
    const notice = page.getByRole("alert");
    await expect(notice).toBeFocused();
    await expect(page.getByLabel("Name", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(1);
    await expect(page.getByLabel("Brand")).toHaveValue(`a & ä "<b>`);
    await expect(page).toHaveURL(path);
    await notice.getByRole("link", { name: "Name" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
    await page.keyboard.type("Lamp");
    await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(page.getByText("Saved.")).toBeVisible();
    expect(await isSameDocument(page)).toBe(true);
    await page.reload();
    await expect(page.getByLabel("Brand")).toHaveValue(`a & ä "<b>`);
  });

  test("that is accepted leads on, and Back leads to the form", async ({ page, visit }) => {
    await createArtist(page.request);
    await visit("/studio/products/new");
    await markDocument(page);
    await page.getByLabel("Name", { exact: true }).fill("Red lamp");
    await page.getByRole("button", { name: "Add the product" }).click();
    await expect(page.getByText("Added.")).toBeVisible();
    await expect(page).toHaveURL(/\/studio\/products\/prd_/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Red lamp");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.goBack();
    await expect(page).toHaveURL("/studio/products/new");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("New product");
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("that is on its way is not sent again", async ({ page, visit }) => {
    const { products } = await createStudioData(page.request);
    const { released, release } = deferred();
    let sent = 0;
    await page.route(UPDATE, async (route) => {
      sent += 1;
      await released;
      await route.continue();
    });
    await visit(`/studio/products/${products[0]}`);
    await page.getByLabel("Brand").fill("Once");
    const save = page.getByRole("button", { name: "Save" });
    await save.click();
    await expect(save).toHaveAttribute("aria-disabled", "true");
    await save.click({ force: true });
    await page.getByLabel("Brand").press("Enter");
    release();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expect(save).not.toHaveAttribute("aria-disabled");
    expect(sent).toBe(1);
  });

  test("that a server of another build refuses is sent the plain way, with everything in it", async ({
    page,
    visit,
  }) => {
    const { products } = await createStudioData(page.request);
    await visit(`/studio/products/${products[0]}`);
    await markDocument(page);
    await sendOtherBuild(page);
    const facts = page.getByRole("group", { name: "Facts" });
    await page.getByLabel("Brand").fill("Old & new");
    await page.getByRole("radio", { name: "Published" }).check();
    await facts.getByRole("button", { name: "Add rows" }).click();
    const last = facts.locator("[data-row]").last();
    await last.getByLabel("Fact", { exact: true }).fill("Height");
    await last.getByLabel("Value").fill("40 cm");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    expect(await isSameDocument(page)).toBe(false);
    await expect(page.getByLabel("Brand")).toHaveValue("Old & new");
    await expect(page.getByRole("radio", { name: "Published" })).toBeChecked();
    await expect(facts.getByLabel("Value").first()).toHaveValue("40 cm");
  });

  test("of one button that a server of another build refuses is sent the plain way", async ({
    page,
    visit,
  }) => {
    const { artist } = await createStudioData(page.request);
    await visit(`/studio/artists/${artist}`);
    await markDocument(page);
    await sendOtherBuild(page);
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("Published.", { exact: true })).toBeVisible();
    expect(await isSameDocument(page)).toBe(false);
  });
});
