// Every route in every situation. The first test fails if app/src/app.rs has a route that
// fixtures/routes.ts lacks, so the other tests cover all routes.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { APIRequestContext, APIResponse, ConsoleMessage, Page } from "@playwright/test";

import { expectNobody, header, startSession } from "../fixtures/account";
import { isSameDocument, markDocument } from "../fixtures/document";
import {
  type Answer,
  type Audience,
  FORM_ROUTES,
  type Route,
  type RouteData,
  ROUTES,
  test,
  UNKNOWN,
} from "../fixtures/routes";
import { becomeVisible } from "../fixtures/tab";
import { expect, expectHydrated } from "../fixtures/test";

const APPLICATION = join(__dirname, "../../app/src/app.rs");
const CHUNK = /\/(?:split|chunk)_[^/]+\.wasm$/;
const LOG_IN = "Good to see you";
const JS = { tag: ["@js", "@once"] };

// One test opens all pages of an audience.
test.describe.configure({ timeout: 60_000 });

function routesFor(audience: Audience): Route[] {
  return ROUTES.filter((route) => route.audience === audience);
}

function routeAt(pattern: string): Route {
  const found = ROUTES.find((route) => route.pattern === pattern);
  if (!found) throw new Error(`the table has no route ${pattern}`);
  return found;
}

/** Checks the routes in turn, each in a step named by its pattern. */
async function forEach<R extends { pattern: string }>(
  routes: R[],
  check: (route: R) => Promise<void>,
): Promise<void> {
  for (const route of routes) await test.step(route.pattern, () => check(route));
}

async function expectPage(page: Page, path: string, heading: string): Promise<void> {
  await expect(page).toHaveURL(path);
  // The previous page's heading may still be there during a navigation; an array expects exactly one.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText([heading]);
}

/** Text of the `h1` in HTML as the server sent it. */
function headingOf(html: string): string | undefined {
  return /<h1[^>]*>([^<]*)/.exec(html)?.[1];
}

/** Clicks a visible link to the path, whatever its text. */
async function follow(page: Page, path: string): Promise<void> {
  await page.locator(`a[href="${path}"]:visible`).first().click();
}

/** Opens a page that has a link to the route; adds the link if no page has one. */
async function openBefore(
  page: Page,
  visit: (path: string) => Promise<unknown>,
  route: Route,
  data: RouteData,
): Promise<void> {
  await visit(route.linkedFrom ? routeAt(route.linkedFrom).path(data) : "/");
  if (route.linkedFrom) return;
  await page.getByRole("main").evaluate((main, href) => {
    main.prepend(Object.assign(document.createElement("a"), { href, textContent: href }));
  }, route.path(data));
}

/** Requests a page without following a redirect. */
function load(request: APIRequestContext, path: string): Promise<APIResponse> {
  return request.get(path, { maxRedirects: 0 });
}

function fileOf(url: string): string {
  return new URL(url).pathname.replace(/.*\//, "");
}

/** True if the message is the loader's error about a chunk that did not load. */
function isLoadError(message: ConsoleMessage): boolean {
  return message.type() === "error" && message.text().startsWith("TypeError");
}

/** Expects that the program has not hydrated the page and will not. */
async function expectAsSent(page: Page, html: string): Promise<void> {
  // By the time that this request is answered, the program has handled the failed load.
  const main = await page.evaluate(async (sent) => {
    await fetch("/healthz");
    const main = (document: Document) => document.querySelector("main")?.innerHTML;
    return { now: main(document), sent: main(new DOMParser().parseFromString(sent, "text/html")) };
  }, html);
  expect(main.now).toBe(main.sent);
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
}

function logInFor(path: string): string {
  return `/login?next=${encodeURIComponent(path)}`;
}

/** Submits an empty form without following a redirect. */
function send(request: APIRequestContext, path: string): Promise<APIResponse> {
  return request.post(path, { form: {}, maxRedirects: 0 });
}

function expectAnswer(response: APIResponse, answer: Answer, data: RouteData): void {
  expect(response.status()).toBe(answer.status);
  expect(response.headers().location).toBe(answer.location?.(data));
}

async function endSession(request: APIRequestContext): Promise<void> {
  expect((await request.post("/v1/auth/logout")).status()).toBe(200);
}

test("the table has every route of the application", JS, async () => {
  const source = await readFile(APPLICATION, "utf8");
  const patterns = [...source.matchAll(/\bpath!\(\s*"([^"]*)"/g)].map(([, pattern]) => pattern);
  const known = [...ROUTES, ...FORM_ROUTES].map(({ pattern }) => pattern);
  expect(known.filter((pattern) => pattern !== UNKNOWN).sort()).toEqual(patterns.sort());
});

for (const audience of ["everybody", "visitors", "accounts"] as const) {
  test.describe(`each route for ${audience}`, () => {
    const routes = routesFor(audience);

    test.beforeEach(async ({ context, data }) => {
      if (audience === "accounts") await startSession(context.request, data.owner);
    });

    test("comes from the server with its status and heading, and is hydrated", JS, async ({
      data,
      visit,
    }) => {
      await forEach(routes, async ({ path, heading, status = 200 }) => {
        const response = await visit(path(data));
        expect(response.request().redirectedFrom()).toBeNull();
        expect(response.status()).toBe(status);
        expect(headingOf(await response.text())).toBe(heading);
      });
    });

    test("is reached by a link without a reload, with the focus on its heading", JS, async ({
      page,
      data,
      visit,
    }) => {
      await forEach(routes, async (route) => {
        await openBefore(page, visit, route, data);
        await markDocument(page);
        await follow(page, route.path(data));
        await expectPage(page, route.path(data), route.heading);
        expect(await isSameDocument(page)).toBe(!route.isLoadedWhole);
        if (route.isLoadedWhole) return;
        await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      });
    });

    test("is reached by Back without a reload", JS, async ({ page, data, visit }) => {
      await forEach(routes, async ({ pattern, path, heading, isLoadedWhole }) => {
        const [next, title] = pattern === "/search" ? ["/videos", "Videos"] : ["/search", "Search"];
        await visit(path(data));
        await markDocument(page);
        await follow(page, next);
        await expectPage(page, next, title);
        expect(await isSameDocument(page)).toBe(true);
        await page.goBack();
        await expectPage(page, path(data), heading);
        expect(await isSameDocument(page)).toBe(!isLoadedWhole);
      });
    });

    test("has its heading in the main landmark without JavaScript", { tag: "@no-js" }, async ({
      page,
      data,
      visit,
    }) => {
      await forEach(routes, async ({ path, heading, status = 200 }) => {
        const response = await visit(path(data));
        expect(response.status()).toBe(status);
        await expectPage(page, path(data), heading);
        await expect(page.getByRole("main").getByRole("heading", { level: 1 })).toBeVisible();
        await expect(page.getByRole("banner")).toBeVisible();
      });
    });

    test("stays as it came while its chunk is missing", JS, async ({
      page,
      data,
      browserLog,
    }) => {
      browserLog.allow(/^asset: 503 .*\.wasm$/);
      browserLog.allow(/^console error: (Failed to load resource|TypeError): .*(503|HTTP status code)/);
      let asked: string[] = [];
      await page.route(CHUNK, (route) => {
        asked.push(fileOf(route.request().url()));
        return route.fulfill({ status: 503, body: "" });
      });
      await forEach(routes, async ({ path, heading, chunk }) => {
        asked = [];
        const failed = chunk === "main" ? undefined : page.waitForEvent("console", isLoadError);
        const response = await page.goto(path(data));
        await failed;
        if (chunk === "main") {
          await expectHydrated(page);
          expect(asked).toEqual([]);
        } else {
          expect(asked).toContain(`split_${chunk}.wasm`);
          await expectAsSent(page, (await response?.text()) ?? "");
        }
        await expectPage(page, path(data), heading);
      });
    });
  });
}

test.describe("when the session has ended", JS, () => {
  for (const audience of ["everybody", "accounts"] as const) {
    const leads = audience === "everybody" ? "stays, with nobody in the header" : "leads to the login";
    test(`each route for ${audience} ${leads}`, async ({ page, data, visit }) => {
      await forEach(routesFor(audience), async ({ path, heading }) => {
        await startSession(page.request, data.owner);
        await visit(path(data));
        await expect(header(page).getByText(data.owner.emailAddress)).toBeVisible();
        await markDocument(page);
        await endSession(page.request);
        await becomeVisible(page);
        await expectNobody(page);
        if (audience === "everybody") await expectPage(page, path(data), heading);
        else await expectPage(page, logInFor(path(data)), LOG_IN);
        expect(await page.content()).not.toContain(data.owner.emailAddress);
        expect(await isSameDocument(page)).toBe(true);
      });
    });
  }
});

test("a route for accounts redirects to the login without a session", JS, async ({ request, data }) => {
  await forEach(routesFor("accounts"), async ({ path }) => {
    const answer = { status: 303, location: () => logInFor(path(data)) };
    expectAnswer(await load(request, path(data)), answer, data);
  });
});

test("a route for visitors redirects to the studio with a session", JS, async ({ request, data }) => {
  await startSession(request, data.owner);
  await forEach(routesFor("visitors"), async ({ path }) => {
    const answer = { status: 303, location: () => "/studio" };
    expectAnswer(await load(request, path(data)), answer, data);
  });
});

test("a route of a plain form has a page only for a form that is refused", JS, async ({
  request,
  data,
}) => {
  await forEach(FORM_ROUTES, async ({ path, get, post }) => {
    expectAnswer(await load(request, path(data)), get, data);
    expectAnswer(await send(request, path(data)), post, data);
  });
  await startSession(request, data.owner);
  await forEach(FORM_ROUTES, async ({ path, refused }) => {
    if (!refused) return;
    const response = await send(request, path(data));
    expect(response.status()).toBe(refused.status);
    expect(headingOf(await response.text())).toBe(refused.heading);
  });
});
