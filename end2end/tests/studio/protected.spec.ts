import { expectNobody, expectStudio } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("the studio is for those who are signed in", async ({ page, visit }) => {
  const response = await visit("/studio");
  const redirected = await response.request().redirectedFrom()?.response();
  expect(redirected?.status()).toBe(303);
  expect(await redirected?.headerValue("location")).toBe("/login?next=%2Fstudio");
  await expectNobody(page);
});

test("a cookie that nobody was given opens nothing", async ({ page, context, server }) => {
  const value = "AAECAwQFBgcICQoLDA0ODw";
  await context.addCookies([{ name: "session", value, url: server.url }]);
  await page.goto("/studio");
  await expect(page).toHaveURL("/login?next=%2Fstudio");
});

test("the studio says who is signed in and until when", async ({ page, visit, signedIn }) => {
  await visit("/studio");
  await expectStudio(page, signedIn);
  const session = page.getByRole("main");
  await expect(session.getByText(signedIn.emailAddress)).toBeVisible();
  await expect(session.getByText("Session ends at the latest")).toBeVisible();
});

test("a reload changes nothing", async ({ page, visit, signedIn }) => {
  await visit("/studio");
  await page.reload();
  await expectStudio(page, signedIn);
});
