// The WebAssembly program does not load or does not run. Every form then works as without JavaScript.

import type { Route } from "@playwright/test";

import { button, expectNobody, expectStudio, field, typeCredentials } from "../fixtures/account";
import { expect, test } from "../fixtures/test";

const breakages: [string, string, (route: Route) => Promise<void>][] = [
  ["the WebAssembly does not arrive", "**/*.wasm", (route) => route.abort("connectionfailed")],
  ["the WebAssembly is not there", "**/*.wasm", (route) => route.fulfill({ status: 404 })],
  [
    "the WebAssembly is damaged",
    "**/*.wasm",
    (route) => route.fulfill({ contentType: "application/wasm", body: "\0asm, or so" }),
  ],
  ["the script does not arrive", "**/start.js", (route) => route.abort("connectionfailed")],
  [
    "the bindings do not arrive",
    "**/program.js",
    (route) => route.abort("connectionfailed"),
  ],
  [
    "the loader of the parts does not arrive",
    "**/split_loader.js",
    (route) => route.abort("connectionfailed"),
  ],
  [
    "the script is damaged",
    "**/start.js",
    (route) => route.fulfill({ contentType: "text/javascript", body: "not a script" }),
  ],
];

test.describe("forms work when", { tag: "@js" }, () => {
  for (const [what, files, breakIt] of breakages) {
    test(what, async ({ page, browserLog, account }) => {
      browserLog.allow(/\.(wasm|js)\b/, /WebAssembly|SyntaxError/);
      await page.route(files, breakIt);
      await page.goto("/login?next=%2Faccount");
      await typeCredentials(page, { ...account, password: "seven quiet lanterns on a boat" });
      await button.logIn(page).click();
      await expect(page.getByRole("alert")).toHaveText("Unknown email address or bad password.");
      await expect(field.emailAddress(page)).toHaveValue(account.emailAddress);
      await field.password(page).fill(account.password);
      await button.logIn(page).click();
      await expect(page).toHaveURL("/account");
      await page.getByRole("navigation").getByRole("link", { name: "Studio" }).click();
      await expectStudio(page, account);
      await button.logOut(page).click();
      await expectNobody(page);
    });
  }
});
