import type { Page } from "@playwright/test";

import {
  button,
  expectNobody,
  expectStudio,
  field,
  sessionCookie,
  typeCredentials,
  typeSignUp,
} from "../fixtures/account";
import { expect, test } from "../fixtures/test";

const PAGES = ["/", "/login", "/signup", "/studio", "/account", "/nowhere"];

test.describe("every page", { tag: "@once" }, () => {
  for (const path of PAGES) {
    test(`lets nothing run that is not its own, ${path} too`, async ({ page, context, signedIn: _ }) => {
      const response = await context.request.get(path);
      const policy = response.headers()["content-security-policy"] ?? "";
      const nonce = /script-src 'nonce-([^']+)' 'wasm-unsafe-eval'/.exec(policy)?.[1];
      expect(nonce?.length).toBeGreaterThan(20);
      for (const directive of [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(directive);
      }
      // The only foreign hosts are the players that the operator has listed.
      const players = "; frame-src https://www.youtube-nocookie.com https://player.vimeo.com";
      expect(policy).toContain(players);
      expect(policy.replace(players, "")).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
      expect(await inlineParts(page, await response.text(), nonce ?? "")).toEqual([]);
    });
  }

  test("has a nonce of its own", async ({ context }) => {
    const policies = new Set<string | undefined>();
    for (let index = 0; index < 3; index += 1) {
      const response = await context.request.get("/login");
      policies.add(response.headers()["content-security-policy"]);
    }
    expect(policies.size).toBe(3);
  });

  test("says how it is to be treated", async ({ context }) => {
    for (const path of [...PAGES, "/v1/test", "/v1/nowhere", "/robots.txt", "/healthz"]) {
      const headers = (await context.request.get(path)).headers();
      expect(headers["content-security-policy"], path).toContain("default-src 'none'");
      expect(headers["x-content-type-options"], path).toBe("nosniff");
      expect(headers["referrer-policy"], path).toBe("same-origin");
      expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
    }
  });

  test("is kept by nobody when it is personal", async ({ context, signedIn: _ }) => {
    for (const path of ["/", "/studio", "/account", "/v1/test"]) {
      const { headers } = { headers: (await context.request.get(path)).headers() };
      expect(headers["cache-control"], path).toContain("no-store");
    }
  });
});

test("visitors get no cookie", async ({ page, context, visit, person }) => {
  for (const path of PAGES) await visit(path);
  await visit("/login");
  await typeCredentials(page, person);
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect(await context.cookies()).toEqual([]);
});

test("the session's cookie is for the server alone", async ({
  page,
  context,
  visit,
  person,
}) => {
  await visit("/signup");
  await typeSignUp(page, person);
  await button.signUp(page).click();
  await expectStudio(page, person);
  const cookies = await context.cookies();
  const ours = { path: "/", domain: "127.0.0.1", httpOnly: true, sameSite: "Lax" };
  expect(cookies.sort((one, other) => one.name.localeCompare(other.name))).toEqual([
    expect.objectContaining({ name: "device", ...ours }),
    expect.objectContaining({ name: "session", ...ours }),
  ]);
  expect(cookies[1]?.value.length).toBeGreaterThanOrEqual(22);
});

test("scripts see no cookie and nothing is stored in the browser", { tag: "@js" }, async ({
  page,
  visit,
  account,
}) => {
  await visit("/login");
  await typeCredentials(page, account);
  await button.logIn(page).click();
  await expectStudio(page, account);
  const stored = await page.evaluate(() => [
    document.cookie,
    ...Object.values(localStorage),
    ...Object.values(sessionStorage),
  ]);
  expect(stored).toEqual([""]);
});

test("a form on another site changes nothing", async ({
  page,
  context,
  server,
  browserLog,
  signedIn,
}) => {
  browserLog.allow(/^foreign request: http:\/\/evil\.example\/$/);
  await page.route("http://evil.example/", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" action="${server.url}/account"><button>Win</button></form>`,
    }),
  );
  await page.goto("http://evil.example/");
  const answered = page.waitForResponse(`${server.url}/account`);
  await page.getByRole("button", { name: "Win" }).click();
  expect((await answered).status()).toBe(403);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "This did not come from our page",
  );
  const { data } = await (await context.request.get("/v1/test")).json();
  expect(data.first_name).toBe(signedIn.firstName);
});

test("the log knows nobody's address, password or cookie", { tag: "@once" }, async ({
  page,
  context,
  server,
  visit,
  person,
}) => {
  const start = server.log.length;
  await visit("/signup?next=%2Faccount%3Fsecret%3Dquery");
  await typeSignUp(page, person);
  await button.signUp(page).click();
  await expect(page).toHaveURL("/account?secret=query");
  const cookie = await sessionCookie(context);
  await field.firstName(page).fill("x".repeat(101));
  await button.saveName(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await page.goto("/studio");
  await button.logOut(page).click();
  await expectNobody(page);
  await visit("/login");
  await typeCredentials(page, { ...person, password: "seven quiet lanterns on a boat" });
  await button.logIn(page).click();
  await expect(page.getByRole("alert")).toBeVisible();
  const log = server.log.slice(start).join("\n");
  expect(log).toContain("log");
  const [localPart] = person.emailAddress.split("@");
  for (const secret of [localPart!, "seven quiet", cookie.value, "secret", "x".repeat(50)]) {
    expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
  }
});

/** Describes inline scripts, styles and handlers that the page's policy forbids or that lack the nonce. */
async function inlineParts(page: Page, html: string, nonce: string): Promise<string[]> {
  return page.evaluate(
    ([raw, expected]) => {
      const found: string[] = [];
      const parsed = new DOMParser().parseFromString(raw!, "text/html");
      for (const element of parsed.querySelectorAll("*")) {
        const attributes = element.getAttributeNames();
        const isBare = element.localName === "script" && element.getAttribute("nonce") !== expected;
        const isInline = attributes.some((name) => name === "style" || name.startsWith("on"));
        if (isBare || isInline || element.localName === "style") found.push(element.outerHTML);
      }
      return found;
    },
    [html, nonce],
  );
}
