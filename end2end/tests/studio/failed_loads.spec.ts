// Client-side navigation to a page of the studio whose data cannot be read: the error is shown in place,
// or the page is loaded as a document if anything else would be unsafe.

import type { Route } from "@playwright/test";

import { createAccount, header, newPerson, startSession } from "../../fixtures/account";
import { isSameDocument, markDocument, sendOtherBuild } from "../../fixtures/document";
import { area } from "../../fixtures/studio";
import { createStudioData } from "../../fixtures/studio_data";
import { expect, expectHydrated, test } from "../../fixtures/test";

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
    test(`because ${what} says so in place, and can be asked for again`, async ({
      page,
      browserLog,
      visit,
    }) => {
      browserLog.allow(/ERR_FAILED/);
      await page.route(LIST, refuse);
      await visit("/studio");
      await markDocument(page);
      await area(page, "Videos").click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(["We cannot get at our records"]);
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      await expect(page).toHaveURL("/studio/videos");
      expect(await isSameDocument(page)).toBe(true);
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
    await markDocument(page);
    await sendOtherBuild(page);
    const loaded = page.waitForEvent("load");
    await area(page, "Videos").click();
    await loaded;
    await expect(page).toHaveURL("/studio/videos");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Videos"]);
    expect(await isSameDocument(page)).toBe(false);
  });

  test("because it is no answer of ours is loaded whole", async ({ page, visit }) => {
    await page.route(LIST, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Proxy</h1>" }));
    await visit("/studio");
    await markDocument(page);
    await area(page, "Videos").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(["Videos"]);
    await expect(page).toHaveURL("/studio/videos");
    expect(await isSameDocument(page)).toBe(false);
    await expectHydrated(page);
  });

  test("because somebody else is signed in by now is loaded whole, and is theirs", async ({
    page,
    context,
    request,
    visit,
    signedIn,
  }) => {
    await createStudioData(page.request);
    const another = newPerson();
    await createAccount(request, another);
    await visit("/studio/products");
    await markDocument(page);
    await startSession(context.request, another);
    await area(page, "Videos").click();
    await expect(header(page).getByText(another.emailAddress)).toBeVisible();
    await expectHydrated(page);
    await expect(page).toHaveURL("/studio/videos");
    await expect(page.getByText("No video yet.")).toBeVisible();
    expect(await page.content()).not.toContain(signedIn.emailAddress);
    expect(await isSameDocument(page)).toBe(false);
  });
});
