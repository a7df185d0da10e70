import { expectNobody, header } from "../fixtures/account";
import { expect, test } from "../fixtures/test";

test("a path that is no page is said so, with a way back", { tag: "@phone" }, async ({ page, visit }) => {
  const response = await visit("/no/such/page?x=1");
  expect(response.status()).toBe(404);
  await expect(page).toHaveTitle("Not found · Inspired");
  await expectNobody(page);
  await page.getByRole("link", { name: "Go to the first page" }).click();
  await expect(page).toHaveURL("/");
});

test("whoever is signed in still is on a page that is not there", async ({
  page,
  visit,
  signedIn,
}) => {
  const response = await visit("/nowhere");
  expect(response.status()).toBe(404);
  await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
});

test("a slash too many is forgiven", async ({ page, visit }) => {
  await visit("/login/");
  await expect(page).toHaveURL("/login");
});

test("what is in the path is never taken for markup", async ({ page, visit }) => {
  const response = await visit(`/${encodeURIComponent("<script>alert(1)</script>")}`);
  expect(response.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is pinned here");
});
