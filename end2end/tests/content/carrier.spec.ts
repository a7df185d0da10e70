// Going from content to content without a reload, and with one where nothing else is safe.

import { endSession, expectNobody, header } from "../../fixtures/account";
import { gate, heading, isMarked, mark, serve } from "../../fixtures/content";
import { expect, expectAlive, test } from "../../fixtures/test";

const TALL = `<p>${"<br>".repeat(200)}</p>`;

// Content stands in the studio, which is for those who are signed in.
test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("content", { tag: ["@js", "@once"] }, () => {
  test("is shown without a reload, with its title, head, address and focus", async ({
    page,
    visit,
  }) => {
    await serve(page, "/studio/videos", () => ({
      html: `${heading("Videos")}<a href="/studio/bin">A</a>`,
    }));
    await serve(page, "/studio/bin", () => ({
      html: heading("Video A"),
      title: "A &amp; B",
      change: (html) =>
        html
          .replace(/(data-head="" name="description" content=)"[^"]*"/, '$1"Of A"')
          .replace("</head>", '<meta data-head="" name="robots" content="noindex"></head>'),
    }));
    await visit("/studio/videos");
    await mark(page);
    await page.getByRole("link", { name: "A", exact: true }).click();
    await expect(page).toHaveURL("/studio/bin");
    await expect(page).toHaveTitle("A & B");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Video A");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expect(page.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
    await expect(page.locator("meta[name=description]")).toHaveAttribute("content", "Of A");
    await header(page).getByRole("link", { name: "Videos", exact: true }).click();
    await expect(page).toHaveTitle("Videos · Inspired");
    await expect(page.locator("meta[name=robots]")).toHaveCount(0);
    await expect(page.locator("meta[name=description]")).toHaveAttribute("content", /^Videos with/);
    await expect(page.getByText("Video A")).toHaveCount(0);
    await page.goBack();
    await expect(page).toHaveTitle("A & B");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Video A");
    await expect(page.locator("meta[name=description]")).toHaveAttribute("content", "Of A");
    expect(await isMarked(page)).toBe(true);
  });

  test("stays until the next is there, and says that it waits", async ({ page, visit }) => {
    const { opened, open } = gate();
    await serve(page, "/studio/videos", async () => {
      await opened;
      return { html: heading("Videos") };
    });
    await serve(page, "/studio/artists", () => ({
      html: `${heading("Artists")}<a href="/studio/videos">On</a>`,
    }));
    await visit("/studio/artists");
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
    await expect(page).toHaveURL("/studio/artists");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Artists");
    open();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    await expect(page.getByRole("main")).not.toHaveAttribute("aria-busy");
  });

  test("is that of the last click", async ({ page, visit }) => {
    const { opened, open } = gate();
    await serve(page, "/studio/videos", async () => {
      await opened;
      return { html: heading("Late") };
    });
    await serve(page, "/studio/artists", () => ({
      html: `${heading("Artists")}<a href="/studio/videos">Slow</a><a href="/studio/products">Quick</a>`,
    }));
    await serve(page, "/studio/products", () => ({ html: heading("Quick") }));
    await visit("/studio/artists");
    await mark(page);
    await page.getByRole("link", { name: "Slow" }).click();
    await page.getByRole("link", { name: "Quick" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quick");
    const late = page.waitForResponse("**/studio/videos");
    open();
    await (await late).finished();
    await expect(page).toHaveURL("/studio/products");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Quick");
    expect(await isMarked(page)).toBe(true);
  });

  test("is where it was left after Back, and at its top when it is new", async ({
    page,
    visit,
  }) => {
    await serve(page, "/studio/videos", () => ({
      html: `${heading("Videos")}${TALL}<a href="/studio/artists">On</a>${TALL}`,
    }));
    await serve(page, "/studio/artists", () => ({ html: `${heading("Artists")}${TALL}` }));
    const top = (): Promise<number> => page.evaluate(() => Math.round(window.scrollY));
    await visit("/studio/videos");
    await mark(page);
    await page.getByRole("link", { name: "On", exact: true }).scrollIntoViewIfNeeded();
    const left = await top();
    expect(left).toBeGreaterThan(500);
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Artists");
    expect(await top()).toBe(0);
    await page.evaluate(() => window.scrollTo(0, 321));
    await expect.poll(() => page.evaluate(() => history.state as unknown)).toBe(321);
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    await expect.poll(top).toBe(left);
    await page.goForward();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Artists");
    await expect.poll(top).toBe(321);
    expect(await isMarked(page)).toBe(true);
    await page.reload();
    await expect.poll(top).toBe(321);
  });

  test("is opened at the place that a link names", async ({ page, visit }) => {
    await serve(page, "/studio/videos", () => ({
      html: `${heading("Videos")}${TALL}<h2 id="part">Part</h2>${TALL}`,
    }));
    await serve(page, "/studio/artists", () => ({
      html: `${heading("Artists")}<a href="/studio/videos#part">On</a>`,
    }));
    await visit("/studio/artists");
    await mark(page);
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page).toHaveURL("/studio/videos#part");
    await expect(page.locator("#part")).toBeInViewport();
    await expect(page.locator(":target")).toHaveText("Part");
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Artists");
    expect(await isMarked(page)).toBe(true);
  });

  test("that is not there is said so in place", async ({ page, visit }) => {
    await serve(page, "/studio/artists", () => ({
      html: `${heading("Artists")}<a href="/studio/videos/nothing">On</a>`,
    }));
    await visit("/studio/artists");
    await mark(page);
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is pinned here");
    await expect(page).toHaveURL("/studio/videos/nothing");
    expect(await isMarked(page)).toBe(true);
  });

  test("leads to the login and back when the session has ended, and says so", async ({
    page,
    context,
    server,
    visit,
    signedIn,
  }) => {
    await visit("/");
    await mark(page);
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
    await endSession(server.url, context);
    await header(page).getByRole("link", { name: "Studio", exact: true }).click();
    await expect(page).toHaveURL("/login?next=%2Fstudio");
    await expect(page).toHaveTitle("Log in · Inspired");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await expectNobody(page);
    await page.goBack();
    await expect(page).toHaveURL("/");
    await expect(page.getByRole("link", { name: "I already have an account" })).toBeVisible();
    expect(await isMarked(page)).toBe(true);
  });
});

test.describe("content is loaded whole", { tag: ["@js", "@once"] }, () => {
  const START = `${heading("Artists")}<a href="/studio/videos">On</a>`;

  test("when the network fails on the way", async ({ page, watch, visit }) => {
    watch.allow(/ERR_FAILED/);
    await serve(page, "/studio/artists", () => ({ html: START }));
    await serve(page, "/studio/videos", () => ({ html: heading("Videos") }));
    await page.route("**/studio/videos", (route) =>
      route.request().resourceType() === "fetch" ? route.abort("failed") : route.fallback(),
    );
    await visit("/studio/artists");
    await mark(page);
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
    expect(await isMarked(page)).toBe(false);
    await expectAlive(page);
  });

  const strangers: [string, (html: string) => string][] = [
    ["of another build", (html) => html.replace(/data-build="[^"]*"/, 'data-build="0"')],
    [
      "for another account",
      (html) => html.replace(/(&quot;|")id\1:\1acc_[^&"]*\1/, "$1id$1:$1acc_other$1"),
    ],
    ["that is no page of ours", () => "<!DOCTYPE html><title>Proxy</title><h1>Videos</h1>"],
  ];
  for (const [what, change] of strangers) {
    test(`when it is a page ${what}`, async ({ page, visit }) => {
      await serve(page, "/studio/artists", () => ({ html: START }));
      await serve(page, "/studio/videos", (request) => ({
        html: heading("Videos"),
        ...(request.resourceType() === "fetch" ? { change } : {}),
      }));
      await visit("/studio/artists");
      await mark(page);
      await page.getByRole("link", { name: "On", exact: true }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Videos");
      await expect(page).toHaveURL("/studio/videos");
      expect(await isMarked(page)).toBe(false);
    });
  }

  test("when the server is in trouble", async ({ page, visit }) => {
    await serve(page, "/studio/artists", () => ({ html: START }));
    await serve(page, "/studio/videos", () => ({
      html: heading("Trouble"),
      status: 503,
      change: (html) => html.replace(/ data-state="[^"]*"/, "").replace(/<script[^>]*><\/script>/, ""),
    }));
    await visit("/studio/artists");
    await mark(page);
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Trouble");
    expect(await isMarked(page)).toBe(false);
  });
});
