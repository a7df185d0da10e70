// Client-side navigation in the studio.

import type { Locator, Page, Route } from "@playwright/test";

import { endSession, expectNobody, header } from "../../fixtures/account";
import { deferred } from "../../fixtures/deferred";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { pageContent } from "../../fixtures/page_content";
import { area } from "../../fixtures/studio";
import { createLamps, createStudioData, type StudioData } from "../../fixtures/studio_data";
import { expect, expectHydrated, test } from "../../fixtures/test";

const LIST = "**/api/read/studio/list";

/** A page of the studio and a link to it. */
interface Way {
  /** Title of the page without the site's name. */
  title: string;
  at: (studioData: StudioData) => string;
  from: (studioData: StudioData) => string;
  link: (page: Page) => Locator;
}

const inArea = (name: string) => (page: Page) => area(page, name);
const inMain = (name: string) => (page: Page) =>
  page.getByRole("main").getByRole("link", { name, exact: true }).first();
const path = (path: string) => () => path;
const artist = ({ artist }: StudioData): string => `/studio/artists/${artist}`;
const video = ({ video }: StudioData): string => `/studio/videos/${video}`;
const product = ({ products }: StudioData): string => `/studio/products/${products[0]}`;

const WAYS: Way[] = [
  { title: "Studio", at: path("/studio"), from: path("/studio/bin"), link: inArea("Overview") },
  { title: "Artists · Studio", at: path("/studio/artists"), from: path("/studio"), link: inArea("Artists") },
  { title: "Videos · Studio", at: path("/studio/videos"), from: path("/studio/artists"), link: inArea("Videos") },
  { title: "Products · Studio", at: path("/studio/products"), from: path("/studio/videos"), link: inArea("Products") },
  { title: "Shops · Studio", at: path("/studio/retailers"), from: path("/studio/products"), link: inArea("Shops") },
  { title: "Bin · Studio", at: path("/studio/bin"), from: path("/studio/retailers"), link: inArea("Bin") },
  {
    title: "New video · Studio",
    at: path("/studio/videos/new"),
    from: path("/studio/videos"),
    link: inMain("New video"),
  },
  { title: "Red lamp · Studio", at: product, from: path("/studio/products?q=lamp"), link: inMain("Red lamp") },
  {
    title: "My room, finally tidy · Studio",
    at: video,
    from: path("/studio"),
    link: inMain("My room, finally tidy"),
  },
  { title: "Ada Films · Studio", at: artist, from: video, link: inMain("Ada Films") },
  { title: "Account", at: path("/account"), from: path("/studio"), link: inMain("Go to your account") },
];

test.beforeEach(async ({ signedIn: _ }) => {});

for (const { title, at, from, link } of WAYS) {
  test(`the page "${title}" is the same after a link as it is loaded`, async ({
    page,
    visit,
    javaScriptEnabled,
  }) => {
    const studioData = await createStudioData(page.request);
    const [here, before] = [at(studioData), from(studioData)];
    await visit(here);
    const loaded = await pageContent(page);
    expect(loaded.title).toBe(`${title} · Inspired`);
    expect(loaded.canonical).toEqual([]);
    await visit(before);
    const left = await pageContent(page);
    await markDocument(page);
    await link(page).click();
    await expect(page).toHaveURL(here);
    await expect.poll(() => pageContent(page)).toEqual(loaded);
    if (javaScriptEnabled) {
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }
    await page.goBack();
    await expect(page).toHaveURL(before);
    await expect.poll(() => pageContent(page)).toEqual(left);
    await page.goForward();
    await expect(page).toHaveURL(here);
    await expect.poll(() => pageContent(page)).toEqual(loaded);
    expect(await isSameDocument(page)).toBe(javaScriptEnabled);
  });
}

const asksFor = (route: Route, kind: string): boolean =>
  (route.request().postDataJSON() as { kind: string }).kind === kind;

test.describe("a page of the studio", { tag: ["@js", "@once"] }, () => {
  test("that comes late leaves the one before it until then, which says that it waits", async ({
    page,
    visit,
  }) => {
    const { released, release } = deferred();
    await page.route(LIST, async (route) => {
      if (asksFor(route, "video")) await released;
      await route.continue();
    });
    await visit("/studio/artists");
    await area(page, "Videos").click();
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Artists"]);
    await expect(page).toHaveTitle("Artists · Studio · Inspired");
    release();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Videos"]);
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
  });

  test("is that of the last click", async ({ page, visit }) => {
    const { released, release } = deferred();
    await page.route(LIST, async (route) => {
      if (asksFor(route, "video")) await released;
      await route.continue().catch(() => undefined);
    });
    await visit("/studio");
    await markDocument(page);
    const late = page.waitForEvent("requestfinished", (request) =>
      Boolean(request.postData()?.includes('"video"')),
    );
    await area(page, "Videos").click();
    await expect(page).toHaveURL("/studio/videos");
    await header(page).getByRole("link", { name: "Search", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Search"]);
    release();
    await late;
    await expect(page).toHaveURL("/search");
    await expect(page).toHaveTitle("Search · Inspired");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Search"]);
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
    await page.goBack();
    await expect(page).toHaveURL("/studio");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("is that of the last click also among the lists", async ({ page, visit }) => {
    const { released, release } = deferred();
    await page.route(LIST, async (route) => {
      if (asksFor(route, "video")) await released;
      await route.continue().catch(() => undefined);
    });
    await visit("/studio");
    await area(page, "Videos").click();
    await expect(page).toHaveURL("/studio/videos");
    await area(page, "Artists").click();
    release();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Artists"]);
    await expect(page).toHaveURL("/studio/artists");
    await expect(page).toHaveTitle("Artists · Studio · Inspired");
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
    await page.goBack();
    await expect(page).toHaveURL("/studio");
  });

  test("is where it was left after Back, and at its top when it is new", async ({ page, visit }) => {
    const top = (): Promise<number> => page.evaluate(() => Math.round(scrollY));
    await createLamps(page.request, 30);
    await visit("/studio/products?sort=name");
    await markDocument(page);
    const lamp = page.getByRole("link", { name: "Lamp 24" });
    await lamp.scrollIntoViewIfNeeded();
    const left = await top();
    expect(left).toBeGreaterThan(500);
    await lamp.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lamp 24");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect.poll(top).toBe(0);
    await page.evaluate(() => scrollTo(0, 321));
    await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(321);
    await page.goBack();
    await expect(page).toHaveURL("/studio/products?sort=name");
    await expect(lamp).toBeVisible();
    await expect.poll(top).toBe(left);
    await page.goForward();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lamp 24");
    await expect.poll(top).toBe(321);
    expect(await isSameDocument(page)).toBe(true);
    await page.reload();
    await expectHydrated(page);
    await expect.poll(top).toBe(321);
  });

  test("is the next one of a list, from its top, and Back leads to the one before", async ({
    page,
    visit,
  }) => {
    await createLamps(page.request, 27);
    await visit("/studio/products?sort=name");
    await markDocument(page);
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL("/studio/products?sort=name&page=2");
    await expect(page.getByRole("rowheader")).toHaveText(["Lamp 26", "Lamp 27"]);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    await page.goBack();
    await expect(page.getByRole("rowheader")).toHaveCount(25);
    await expect(page).toHaveURL("/studio/products?sort=name");
    expect(await isSameDocument(page)).toBe(true);
  });

  test("that is not there any more is said so in place, and Back leads to the list", async ({
    page,
    visit,
  }) => {
    const { products } = await createStudioData(page.request);
    await visit("/studio/products");
    await markDocument(page);
    const path = `products/${products[0]}`;
    const deleted = await page.request.delete(`/v1/${path}`, { headers: { "if-match": "*" } });
    expect(deleted.ok()).toBe(true);
    await page.getByRole("link", { name: "Red lamp" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Nothing is pinned here"]);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page).toHaveURL(`/studio/${path}`);
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Products");
    expect(await isSameDocument(page)).toBe(true);
  });

  for (const [from, link] of [
    ["/", (page: Page) => header(page).getByRole("link", { name: "Studio", exact: true })],
    ["/account", (page: Page) => header(page).getByRole("link", { name: "Studio", exact: true })],
  ] as const) {
    test(`leads from ${from} to the login when the session has ended, and says so`, async ({
      page,
      context,
      server,
      visit,
      signedIn,
    }) => {
      await visit(from);
      await markDocument(page);
      await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
      await endSession(server.url, context);
      await link(page).click();
      await expect(page).toHaveURL("/login?next=%2Fstudio");
      await expect(page).toHaveTitle("Log in · Inspired");
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      await expectNobody(page);
      expect(await page.content()).not.toContain(signedIn.emailAddress);
      expect(await isSameDocument(page)).toBe(true);
    });
  }

  test("leads to the login when the session has ended, and Back to the page before", async ({
    page,
    context,
    server,
    visit,
    signedIn: _,
  }) => {
    await visit("/");
    await markDocument(page);
    await endSession(server.url, context);
    await header(page).getByRole("link", { name: "Studio", exact: true }).click();
    await expect(page).toHaveURL("/login?next=%2Fstudio");
    await expectNobody(page);
    await page.goBack();
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("link", { name: "I already have an account" })).toBeVisible();
    expect(await isSameDocument(page)).toBe(true);
  });
});

test("a list, its product, Save, Back and Forward are one way", { tag: ["@js", "@once"] }, async ({
  page,
  visit,
}) => {
  const { products } = await createStudioData(page.request);
  await visit("/studio");
  await markDocument(page);
  await area(page, "Products").click();
  // The overview also has a link "Red lamp", so wait for the list.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Products"]);
  await page.getByRole("link", { name: "Red lamp" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Blue lamp");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Blue lamp");
  await expect(page).toHaveTitle("Blue lamp · Studio · Inspired");
  await page.goBack();
  await expect(page).toHaveURL("/studio/products");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("link", { name: "Blue lamp" })).toBeVisible();
  await expect(page.getByText("Saved.")).toHaveCount(0);
  await page.goForward();
  await expect(page).toHaveURL(new RegExp(`/studio/products/${products[0]}`));
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Blue lamp");
  await page.goBack();
  await page.goBack();
  await expect(page).toHaveURL("/studio");
  expect(await isSameDocument(page)).toBe(true);
});
