// Hosts that are not ours: the page that names one before anybody goes there, a player and pictures
// that the operator has not listed.

import { expect, test } from "../../fixtures/test";

const HOST = "xn--clara-wintr-kbb.example";

test("a link to a host that is not approved leads to a page that names it", {
  tag: "@everywhere",
}, async ({ page, visit, catalogue }) => {
  await visit(catalogue.artist);
  const link = page.getByRole("list", { name: "Elsewhere" }).getByRole("link", { name: /^Website/ });
  // The host stands beside the label, which could say anything.
  await expect(link).toContainText(HOST);
  await link.click();
  await expect(page).toHaveURL(catalogue.leaving);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link leads to another site");
  const main = page.getByRole("main");
  await expect(main.getByText(HOST, { exact: true })).toBeVisible();
  await expect(main.getByText("clara-wintér.example", { exact: true })).toBeVisible();
  await expect(main.getByText("Nobody here has checked that site.")).toBeVisible();
  const onward = main.getByRole("link", { name: `Go on to ${HOST}` });
  await expect(onward).toHaveAttribute("href", `https://${HOST}/`);
  await expect(onward).toHaveAttribute("rel", /nofollow ugc noopener noreferrer/);
  // Nothing goes on by itself, and nothing is wider than the screen.
  await expect(page).toHaveURL(catalogue.leaving);
  const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width).toBeLessThanOrEqual(0);
  await main.getByRole("link", { name: "Back to Clara Winter" }).click();
  await expect(page).toHaveURL(catalogue.artist);
});

test("a player that the operator has not listed is a link, and so are its times", {
  tag: "@phone",
}, async ({ page, visit, catalogue }) => {
  await visit(catalogue.unlisted);
  for (const name of ["Watch on films.example", "Jump to 0:40"]) {
    await page.getByRole("link", { name }).click();
    await expect(page).toHaveURL(/\/leave\/vid_/);
    await expect(page.locator("iframe")).toHaveCount(0);
    await expect(page.getByRole("link", { name: "Go on to films.example" })).toBeVisible();
    await page.getByRole("link", { name: /^Back to/ }).click();
    await expect(page).toHaveURL(catalogue.unlisted);
  }
});

test("a picture on a host that is not listed is not loaded, and its words are there", {
  tag: "@phone",
}, async ({ page, visit, catalogue }) => {
  // Every request to a foreign host fails the test by itself.
  await visit(catalogue.pictured);
  await expect(page.getByText("A marking gauge of beech and brass")).toBeVisible();
  await expect(page.getByText("Pictures from pictures.example are not shown here.")).toHaveCount(2);
  await expect(page.getByRole("main").locator("img")).toHaveCount(0);
});
