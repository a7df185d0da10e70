// Client-side navigation to a page of the studio whose data cannot be read: the error is shown in place,
// or the page is loaded as a document if anything else would be unsafe.

import type { Route } from "@playwright/test";

import { createAccount, header, newPerson, startSession } from "../../fixtures/account";
import { isMarked, makeOld, mark } from "../../fixtures/document";
import { area } from "../../fixtures/studio";
import { createThings } from "../../fixtures/things";
import { expect, expectAlive, test } from "../../fixtures/test";

const LIST = "**/api/read/studio/list";

test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("a page of the studio that cannot be read", { tag: ["@js", "@once"] }, () => {
  const troubles: [string, (route: Route) => Promise<void>][] = [
    ["the network fails", (route) => route.abort("failed")],
    [
      "the store is down",
      (route) => route.fulfill({ status: 503, contentType: "application/json", body: '{"unavailable":5}' }),
    ],
  ];
  for (const [what, refuse] of troubles) {
    test(`because ${what} says so in place, and can be asked for again`, async ({ page, watch, visit }) => {
      watch.allow(/ERR_FAILED/);
      await page.route(LIST, refuse);
      await visit("/studio");
      await mark(page);
      await area(page, "Videos").click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(["We cannot get at our records"]);
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      await expect(page).toHaveURL("/studio/videos");
      expect(await isMarked(page)).toBe(true);
      await page.unroute(LIST);
      await page.getByRole("link", { name: "Try again" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Videos"]);
      await page.goBack();
      await expect(page).toHaveURL("/studio");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Welcome/);
    });
  }

  test("because it is of another build is loaded whole", async ({ page, visit }) => {
    await visit("/studio");
    await mark(page);
    await makeOld(page);
    const loaded = page.waitForEvent("load");
    await area(page, "Videos").click();
    await loaded;
    await expect(page).toHaveURL("/studio/videos");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Videos"]);
    expect(await isMarked(page)).toBe(false);
  });

  test("because it is no answer of ours is loaded whole", async ({ page, visit }) => {
    await page.route(LIST, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Proxy</h1>" }));
    await visit("/studio");
    await mark(page);
    await area(page, "Videos").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Videos"]);
    await expect(page).toHaveURL("/studio/videos");
    expect(await isMarked(page)).toBe(false);
    await expectAlive(page);
  });

  test("because somebody else is signed in by now is loaded whole, and is theirs", async ({
    page,
    context,
    request,
    visit,
    signedIn,
  }) => {
    await createThings(page.request);
    const another = newPerson();
    await createAccount(request, another);
    await visit("/studio/products");
    await mark(page);
    await startSession(context.request, another);
    await area(page, "Videos").click();
    await expect(header(page).getByText(another.emailAddress)).toBeVisible();
    await expectAlive(page);
    await expect(page).toHaveURL("/studio/videos");
    await expect(page.getByText("No video yet.")).toBeVisible();
    expect(await page.content()).not.toContain(signedIn.emailAddress);
    expect(await isMarked(page)).toBe(false);
  });
});
