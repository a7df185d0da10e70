// Foreign hosts: the leave page that names the host before a link leads there, and players and images
// of hosts that the operator has not listed.

import { createArtist } from "../../fixtures/studio_data";
import { becomeVisible } from "../../fixtures/tab";
import { expect, expectHydrated, test } from "../../fixtures/test";

const HOST = "xn--clara-wintr-kbb.example";

test("a link to a host that is not approved leads to a page that names it", {
  tag: "@everywhere",
}, async ({ page, visit, catalogue }) => {
  await visit(catalogue.artist);
  const link = page.getByRole("list", { name: "Elsewhere" }).getByRole("link", { name: /^Website/ });
  // The page shows the host as well, because a label can say anything.
  await expect(link).toContainText(HOST);
  await link.click();
  await expect(page).toHaveURL(catalogue.leavePage);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link leads to another site");
  const main = page.getByRole("main");
  await expect(main.getByText(HOST, { exact: true })).toBeVisible();
  await expect(main.getByText("clara-wintér.example", { exact: true })).toBeVisible();
  await expect(main.getByText("Nobody here has checked that site.")).toBeVisible();
  const onward = main.getByRole("link", { name: `Go on to ${HOST}` });
  await expect(onward).toHaveAttribute("href", `https://${HOST}/`);
  await expect(onward).toHaveAttribute("rel", /nofollow ugc noopener noreferrer/);
  // The page never redirects by itself, and nothing overflows the viewport.
  await expect(page).toHaveURL(catalogue.leavePage);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width).toBeLessThanOrEqual(0);
  await main.getByRole("link", { name: "Back to Clara Winter" }).click();
  await expect(page).toHaveURL(catalogue.artist);
});

test("a player that the operator has not listed is a link, and so are its times", {
  tag: "@phone",
}, async ({ page, visit, catalogue }) => {
  await visit(catalogue.unlistedVideo);
  for (const name of ["Watch on films.example", "Jump to 0:40"]) {
    await page.getByRole("link", { name }).click();
    await expect(page).toHaveURL(/\/leave\/vid_/);
    await expect(page.locator("iframe")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Go on to films.example" })).toBeVisible();
    await page.getByRole("link", { name: /^Back to/ }).click();
    await expect(page).toHaveURL(catalogue.unlistedVideo);
  }
});

test("a picture on a host that is not listed is not loaded, and its words are there", {
  tag: "@phone",
}, async ({ page, visit, catalogue }) => {
  // A request to a foreign host would fail the test through `browserLog`.
  await visit(catalogue.productWithPictures);
  await expect(page.getByText("A marking gauge of beech and brass")).toBeVisible();
  await expect(page.getByText("Pictures from pictures.example are not shown here.")).toHaveCount(2);
  await expect(page.getByRole("main").locator("img")).toHaveCount(0);
});

test.describe("a page in the place of another host", { tag: ["@js", "@once"] }, () => {
  for (const [name, address, heading] of [
    ["the page that names a host", "leavePage", "This link leads to another site"],
    ["the page of a shop that is not approved", "unapprovedOffer", "We have not looked at this shop yet"],
  ] as const) {
    test(`${name} is left without a reload, and Back loads it whole`, async ({
      page,
      visit,
      catalogue,
    }) => {
      const path = catalogue[address];
      const title = page.getByRole("heading", { level: 1 });
      const back = page.getByRole("main").getByRole("link", { name: /^Back to/ });
      const isSame = (): Promise<boolean> => page.evaluate(() => "isSame" in window);
      await visit(path);
      await page.evaluate(() => Object.assign(window, { isSame: true }));
      const target = await back.getAttribute("href");
      await back.click();
      await expect(page).toHaveURL(target ?? "");
      await expect(title).not.toHaveText(heading);
      await expect(title).toBeFocused();
      expect(await isSame()).toBe(true);
      await expect(page.locator('meta[name="robots"]')).toHaveCount(0);
      await page.goBack();
      await expect(page).toHaveURL(path);
      await expect(title).toHaveText(heading);
      await expectHydrated(page);
      expect(await isSame()).toBe(false);
      await expect(page.locator('meta[name="robots"]')).toHaveAttribute("content", "noindex");
      await page.goForward();
      await expect(page).toHaveURL(target ?? "");
      await expect(title).not.toHaveText(heading);
    });
  }

  test("a link to it is loaded whole", async ({ page, visit, catalogue }) => {
    await visit("/artists");
    await page.getByRole("main").getByRole("link", { name: "Clara Winter" }).click();
    await expect(page).toHaveURL(catalogue.artist);
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    const asked = page.waitForRequest((request) => request.isNavigationRequest());
    await page.getByRole("link", { name: /^Website/ }).click();
    expect(new URL((await asked).url()).pathname).toBe(catalogue.leavePage);
    await expectHydrated(page);
    expect(await page.evaluate(() => "isSame" in window)).toBe(false);
    await page.goBack();
    await expect(page).toHaveURL(catalogue.artist);
  });

  test("the page of a draft is its owner's, and gone when the session ends", async ({
    page,
    context,
    visit,
    signedIn: _,
  }) => {
    const artist = await createArtist(context.request);
    const data = { artist_id: artist, title: "My draft", url: "https://draft.example/w/kkGMgK9ZtnKfYAgnEtQxbv" };
    const created = await context.request.post("/v1/videos", { data });
    const video = `/studio/videos/${(await created.json()).data.id}`;
    await visit(video);
    const link = page.locator('a[href^="/leave/vid_"]').first();
    await visit((await link.getAttribute("href")) ?? "");
    await expect(page.getByRole("link", { name: "Back to My draft" })).toHaveAttribute("href", video);
    await context.request.post("/v1/auth/logout");
    await becomeVisible(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is pinned here");
    const html = await page.content();
    for (const secret of ["draft.example", "My draft"]) expect(html).not.toContain(secret);
  });
});
