// A path that looks like another host (`//host`) stays a path on this site.

import { expect, test } from "../../fixtures/test";

test.describe("a path that looks like a host", { tag: "@js" }, () => {
  for (const path of ["//evil.example/x", "//evil.example", "//evil.example/videos?a=b"]) {
    test(`${path} is asked of our own server after going back`, async ({ page, server }) => {
      await page.goto(server.url + path);
      await expect(page.locator("html")).toHaveAttribute("data-hydrated", "");
      await page.getByRole("link", { name: "Videos", exact: true }).click();
      await expect(page).toHaveURL("/videos");
      const asked = page.waitForRequest((request) => request.url() === server.url + path);
      await page.goBack();
      await asked;
      await expect(page).toHaveURL(server.url + path);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is pinned here");
      await page.goForward();
      await expect(page).toHaveURL("/videos");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    });
  }
});
