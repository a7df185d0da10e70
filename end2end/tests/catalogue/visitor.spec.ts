import { SHOP_PAGE } from "../../fixtures/catalogue";
import { expect, test } from "../../fixtures/test";

test("a visitor finds a video, jumps to a thing in it and goes to a shop", {
  tag: "@everywhere",
}, async ({ page, request, visit, catalogue, javaScriptEnabled }) => {
  await visit("/");
  await expect(page.getByRole("heading", { name: "New videos" })).toBeVisible();
  await page.getByRole("link", { name: "Search", exact: true }).click();
  await expect(page).toHaveURL("/search");
  const words = page.getByRole("searchbox", { name: "Search for" });
  await words.fill("one pan din");
  if (!javaScriptEnabled) await words.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=one\+pan\+din$/);
  await expect(page.locator("mark").first()).toBeVisible();
  await page.getByRole("link", { name: /^One pan, four dinners/ }).click();
  await expect(page).toHaveURL(catalogue.video);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^One pan, four dinners/);
  // The tests cannot reach the provider of the player, so they check the links only.
  const watch = page.getByRole("link", { name: /YouTube$/ });
  await expect(watch).toHaveAttribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ");
  const jump = page.getByRole("link", { name: "Jump to 1:23, shown until 1:40" });
  await expect(jump).toHaveAttribute("href", /&t=83s$/);
  await page.getByRole("link", { name: "Carbon steel pan, 28 cm" }).click();
  await expect(page).toHaveURL(catalogue.product);
  await expect(page.getByText("from €39.90 at 2 shops")).toBeVisible();
  const disclosure = page.getByText("Links may pay a commission to Clara Winter");
  await expect(disclosure).toBeVisible();
  const way = page.getByRole("link", { name: "Go to North Kettle" });
  await expect(way).toHaveAttribute("rel", "sponsored nofollow noopener");
  const path = await way.getAttribute("href");
  const answer = await request.get(path ?? "", { maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  expect(answer.headers().location).toBe(SHOP_PAGE);
  // From the product back to its time in the video.
  await page.getByRole("link", { name: "Jump to 1:23" }).click();
  await expect(page).toHaveURL(`${catalogue.video}#t-83`);
  await expect(page.locator("#t-83")).toBeInViewport();
});

test("results follow the typing, and the address follows them", { tag: ["@js", "@phone"] }, async ({
  page,
  visit,
  catalogue,
}) => {
  await visit("/search");
  const words = page.getByRole("searchbox", { name: "Search for" });
  await words.pressSequentially("ferro");
  await expect(page).toHaveURL("/search?q=ferro");
  await expect(page.getByRole("status")).toHaveText(/1 result found/);
  await words.fill("ferro xyz");
  await expect(page.getByText("Nothing was found for “ferro xyz”.")).toBeVisible();
  await words.fill("pan");
  // The header also has a link "Products", and the filter by kind appears with the first result.
  await expect(page.locator("mark").first()).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Products", exact: true }).click();
  await expect(page).toHaveURL("/search?q=pan&kind=product");
  await page.getByRole("link", { name: "Carbon steel pan, 28 cm" }).click();
  await expect(page).toHaveURL(catalogue.product);
  await page.goBack();
  await expect(page).toHaveURL("/search?q=pan&kind=product");
  await expect(words).toHaveValue("pan");
});

test("a shop that nobody has checked is not visited", { tag: "@phone" }, async ({ page, visit, catalogue }) => {
  await visit(catalogue.product);
  const offer = page.getByRole("listitem").filter({ hasText: "market.example" });
  await expect(offer).toContainText("Shop not approved");
  await expect(offer.getByRole("link")).toHaveCount(0);
  await visit(catalogue.unapprovedOffer);
  await page.getByRole("link", { name: "Back to Carbon steel pan, 28 cm" }).click();
  await expect(page).toHaveURL(catalogue.product);
});

test("pages that load nothing from others are carried without a reload", { tag: ["@js", "@phone"] }, async ({
  page,
  visit,
  catalogue,
}) => {
  await visit("/");
  await page.evaluate(() => Object.assign(window, { isSame: true }));
  for (const [link, path] of [
    ["Videos", "/videos"],
    ["Products", "/products"],
    ["Artists", "/artists"],
  ] as const) {
    await page.getByRole("banner").getByRole("link", { name: link, exact: true }).click();
    await expect(page).toHaveURL(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(link);
    await expect(page.getByRole("banner").getByRole("link", { name: link, exact: true }))
      .toHaveAttribute("aria-current", "page");
  }
  await page.getByRole("link", { name: "Clara Winter" }).click();
  await expect(page).toHaveURL(catalogue.artist);
  expect(await page.evaluate(() => "isSame" in window)).toBe(true);
});
