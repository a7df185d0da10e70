// Every public page is the same however it is reached: by its URL, by a link, by Back and Forward, with
// and without JavaScript.

import type { Locator, Page } from "@playwright/test";

import { endSession, expectNobody, header } from "../../fixtures/account";
import type { Catalogue } from "../../fixtures/catalogue";
import { isSameDocument, markDocument } from "../../fixtures/document";
import { pageContent, type PageContent } from "../../fixtures/page_content";
import { expect, test } from "../../fixtures/test";

/** A page and a link to it. */
interface Way {
  /** Title of the page without the site's name. */
  title: string;
  at: (catalogue: Catalogue) => string;
  from: (catalogue: Catalogue) => string;
  link: (page: Page) => Locator;
  /** False if the page is `noindex` and has no canonical URL; true if absent. */
  isCanonical?: boolean;
}

const inHeader = (name: string) => (page: Page) => header(page).getByRole("link", { name, exact: true });
const inMain = (name: string) => (page: Page) => page.getByRole("main").getByRole("link", { name }).first();
const path = (path: string) => () => path;
const video = ({ video }: Catalogue): string => video;
const artist = ({ artist }: Catalogue): string => artist;
const product = ({ product }: Catalogue): string => product;
const cheaper = ({ product }: Catalogue): string => product.replace(/[^/]+$/, "aluminium-pan-28-cm");

const WAYS: Way[] = [
  { title: "Show where it is from", at: path("/"), from: path("/videos"), link: inHeader("Inspired, first page") },
  { title: "Videos", at: path("/videos"), from: path("/"), link: inHeader("Videos") },
  { title: "Products", at: path("/products"), from: path("/videos"), link: inHeader("Products") },
  { title: "Artists", at: path("/artists"), from: path("/search?q=pan"), link: inHeader("Artists") },
  { title: "Clara Winter", at: artist, from: path("/artists"), link: inMain("Clara Winter") },
  {
    title: "One pan, four dinners: a week in a very small kitchen, by Clara Winter",
    at: video,
    from: artist,
    link: inMain("One pan, four dinners"),
  },
  { title: "Carbon steel pan, 28 cm, Ferro", at: product, from: video, link: inMain("Carbon steel pan") },
  { title: "Aluminium pan, 28 cm, Lumina", at: cheaper, from: product, link: inMain("Aluminium pan") },
  { title: "Search", at: path("/search"), from: product, link: inHeader("Search"), isCanonical: false },
  {
    title: "“pan”",
    at: path("/search?q=pan&kind=product"),
    from: path("/search?q=pan"),
    link: (page) => page.getByRole("navigation", { name: "What to search in" }).getByRole("link", { name: "Products" }),
    isCanonical: false,
  },
  { title: "Log in", at: path("/login"), from: path("/"), link: inHeader("Log in"), isCanonical: false },
  { title: "Sign up", at: path("/signup"), from: video, link: inHeader("Sign up"), isCanonical: false },
];

async function expectShown(page: Page, address: string, what: PageContent): Promise<void> {
  await expect(page).toHaveURL(address);
  await expect.poll(() => pageContent(page)).toEqual(what);
}

for (const { title, at, from, link, isCanonical = true } of WAYS) {
  test(`the page "${title}" is the same after a link as it is loaded`, async ({
    page,
    server,
    visit,
    catalogue,
    javaScriptEnabled,
  }) => {
    const [here, before] = [at(catalogue), from(catalogue)];
    await visit(here);
    const loaded = await pageContent(page);
    expect(loaded.title).toBe(`${title} · Inspired`);
    expect(loaded.canonical).toEqual(isCanonical ? [server.url + here] : []);
    expect(loaded.description).toEqual([expect.stringMatching(/./)]);
    await visit(before);
    const left = await pageContent(page);
    await markDocument(page);
    await link(page).click();
    await expectShown(page, here, loaded);
    if (javaScriptEnabled) {
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }
    await page.goBack();
    await expectShown(page, before, left);
    await page.goForward();
    await expectShown(page, here, loaded);
    expect(await isSameDocument(page)).toBe(javaScriptEnabled);
  });
}

test("the header says who is signed in on every page, and where one is", async ({
  page,
  visit,
  signedIn,
}) => {
  await visit("/");
  for (const name of ["Videos", "Products", "Artists", "Search", "Studio"]) {
    const link = header(page).getByRole("link", { name, exact: true });
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "page");
    await expect(header(page).locator("[aria-current]")).toHaveCount(1);
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
  }
});

test("the header says so on the next page when a session has ended elsewhere", {
  tag: ["@js", "@once"],
}, async ({ page, context, server, visit, signedIn }) => {
  await visit("/");
  await markDocument(page);
  await endSession(server.url, context);
  await header(page).getByRole("link", { name: "Videos", exact: true }).click();
  await expect(page).toHaveURL("/videos");
  await expectNobody(page);
  expect(await page.content()).not.toContain(signedIn.emailAddress);
  expect(await isSameDocument(page)).toBe(true);
});

for (const [what, { title, from, at, link }] of [
  ["a page of another kind", WAYS[4]!],
  ["a page of the same kind", WAYS[7]!],
  ["other results", WAYS[9]!],
] as const) {
  test(`a page is where it was left after Back from ${what}, which begins at its top`, {
    tag: ["@js", "@once"],
  }, async ({ page, visit, catalogue }) => {
    const top = (): Promise<number> => page.evaluate(() => Math.round(scrollY));
    await page.setViewportSize({ width: 800, height: 200 });
    await visit(from(catalogue));
    await markDocument(page);
    await page.evaluate(() => scrollTo(0, 100));
    await link(page).focus();
    const left = await top();
    expect(left).toBeGreaterThan(0);
    await link(page).press("Enter");
    await expect(page).toHaveURL(at(catalogue));
    await expect(page).toHaveTitle(`${title} · Inspired`);
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
    await expect.poll(top).toBe(0);
    await page.evaluate(() => scrollTo(0, 123));
    await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(123);
    await page.goBack();
    await expect(page).toHaveURL(from(catalogue));
    await expect.poll(top).toBe(left);
    await page.goForward();
    await expect(page).toHaveURL(at(catalogue));
    await expect.poll(top).toBe(123);
    expect(await isSameDocument(page)).toBe(true);
  });
}

test("a page is opened at the place that a link names", { tag: ["@js", "@once"] }, async ({
  page,
  visit,
  catalogue,
}) => {
  await visit(catalogue.product);
  await markDocument(page);
  await page.getByRole("link", { name: "Jump to 1:23" }).click();
  await expect(page).toHaveURL(`${catalogue.video}#t-83`);
  await expect(page.locator(":target")).toBeInViewport();
  await expect(page.locator(":target")).toHaveId("t-83");
  await page.goBack();
  await expect(page).toHaveURL(catalogue.product);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Carbon steel pan, 28 cm");
  expect(await isSameDocument(page)).toBe(true);
});
