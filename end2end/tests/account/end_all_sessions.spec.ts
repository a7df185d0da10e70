import { button, expectNobody, startSession } from "../../fixtures/account";
import { expect, test } from "../../fixtures/test";

test("ending all sessions ends those of other devices too", async ({
  page,
  request,
  visit,
  signedIn,
}) => {
  await startSession(request, signedIn);
  expect((await request.get("/v1/test")).status()).toBe(200);
  await visit("/account");
  await button.endAllSessions(page).click();
  await expect(page).toHaveURL(/\/login(#sessions-ended)?$/);
  await expect(page.getByText("All your sessions are ended.")).toBeVisible();
  await expectNobody(page);
  expect((await request.get("/v1/test")).status()).toBe(401);
  await page.goto("/studio");
  await expect(page).toHaveURL("/login?next=%2Fstudio");
});
