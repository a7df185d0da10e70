// Forms in content.

import { header } from "../../fixtures/account";
import { gate, heading, isMarked, mark, serve } from "../../fixtures/content";
import { expect, test } from "../../fixtures/test";

const FORM = `${heading("Edit")}
  <form method="post" action="/studio/videos" data-keep="Leave it?">
    <label>Title <input name="title"></label>
    <label>Action <input name="action" value="x"></label>
    <button name="do" value="remove 1">Remove</button>
    <button name="do" value="save">Save</button>
  </form>`;
const REFUSED = FORM.replace('name="title"', 'name="title" aria-invalid="true" value="a"');

// Content stands in the studio, which is for those who are signed in.
test.beforeEach(async ({ signedIn: _ }) => {});

test.describe("a form with POST", { tag: ["@js", "@once"] }, () => {
  test("that is refused comes back in place, at the field to mend", async ({ page, visit }) => {
    const sent: string[] = [];
    await serve(page, "/studio/videos", (request) => {
      if (request.method() === "GET") return { html: FORM };
      sent.push(`${request.headers()["content-type"]} ${request.postData()}`);
      return { html: REFUSED, status: 422, title: "Please check: Edit" };
    });
    await visit("/studio/videos");
    await mark(page);
    await page.getByLabel("Title").fill("a & ä");
    await page.getByRole("button", { name: "Remove" }).click();
    await expect(page).toHaveTitle("Please check: Edit");
    await expect(page.getByLabel("Title")).toBeFocused();
    await expect(page.getByLabel("Title")).toHaveValue("a");
    await expect(page).toHaveURL("/studio/videos");
    expect(await isMarked(page)).toBe(true);
    expect(sent).toEqual([
      "application/x-www-form-urlencoded;charset=UTF-8 title=a+%26+%C3%A4&action=x&do=remove+1",
    ]);
  });

  test("that is accepted leads on, and Back leads to the form", async ({ page, visit }) => {
    await serve(page, "/studio/videos", (request) =>
      request.method() === "GET" ? { html: FORM } : { redirect: "/studio" },
    );
    await visit("/studio/videos");
    await mark(page);
    await page.getByLabel("Title").fill("a");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page).toHaveURL("/studio");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit");
    expect(await isMarked(page)).toBe(true);
  });

  test("that is on its way is not sent again", async ({ page, visit }) => {
    const { opened, open } = gate();
    let sent = 0;
    await serve(page, "/studio/videos", async (request) => {
      if (request.method() === "GET") return { html: FORM };
      sent += 1;
      await opened;
      return { html: REFUSED, status: 422 };
    });
    await visit("/studio/videos");
    const save = page.getByRole("button", { name: "Save" });
    await save.click();
    await expect(save).toHaveAttribute("aria-disabled", "true");
    await save.click({ force: true });
    await page.getByLabel("Title").press("Enter");
    open();
    await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
    expect(sent).toBe(1);
  });

  test("goes the plain way when the answer is of another build, with the button that was pressed", async ({
    page,
    visit,
  }) => {
    const sent: string[] = [];
    const change = (document: string): string => document.replace(/data-build="[^"]*"/, 'data-build="another"');
    await serve(page, "/studio/videos", (request) => {
      if (request.method() === "GET") return { html: FORM };
      sent.push(request.postData() ?? "");
      return { html: REFUSED, status: 422, ...(sent.length === 1 ? { change } : {}) };
    });
    await visit("/studio/videos");
    await mark(page);
    await page.getByLabel("Title").fill("a");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
    expect(await isMarked(page)).toBe(false);
    expect(sent).toEqual(["title=a&action=x&do=save", "title=a&action=x&do=save"]);
  });
});

test("a form with GET leads to its address", { tag: ["@js", "@once"] }, async ({ page, visit }) => {
  await serve(page, "/studio/products", (request) => {
    const asked = new URL(request.url()).searchParams.get("q") ?? "";
    return {
      html: `${heading(`Found ${asked}`)}
        <form action="/studio/products"><input name="q" aria-label="Search"><button>Go</button></form>`,
    };
  });
  await visit("/studio/products");
  await mark(page);
  await page.getByLabel("Search").fill("lamp & shade");
  await page.getByLabel("Search").press("Enter");
  await expect(page).toHaveURL("/studio/products?q=lamp+%26+shade");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Found lamp & shade");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Found");
  await expect(page).toHaveURL("/studio/products");
  expect(await isMarked(page)).toBe(true);
});

test.describe("what was typed and is not saved", { tag: ["@js", "@once"] }, () => {
  test.beforeEach(async ({ page, visit }) => {
    await serve(page, "/studio/videos", () => ({ html: `${FORM}<a href="/studio/artists">On</a>` }));
    await serve(page, "/studio/artists", () => ({ html: `${heading("Artists")}<a href="/studio/videos">Edit</a>` }));
    await visit("/studio/artists");
    await page.getByRole("link", { name: "Edit" }).click();
    await expect(page).toHaveURL("/studio/videos");
  });

  test("is kept when somebody says so", async ({ page }) => {
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    await page.getByLabel("Title").fill("a");
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect.poll(() => asked.length).toBe(1);
    await header(page).getByRole("link", { name: "Artists", exact: true }).click();
    await expect.poll(() => asked.length).toBe(2);
    await page.evaluate(() => history.back());
    await expect.poll(() => asked).toEqual(["Leave it?", "Leave it?", "Leave it?"]);
    await expect(page).toHaveURL("/studio/videos");
    await expect(page.getByLabel("Title")).toHaveValue("a");
  });

  test("is left when somebody says so, and asked about once", async ({ page }) => {
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.message());
      void dialog.accept();
    });
    await page.getByLabel("Title").fill("a");
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page).toHaveURL("/studio/artists");
    await page.goBack();
    await expect(page).toHaveURL("/studio/videos");
    await page.getByRole("link", { name: "On", exact: true }).click();
    await expect(page).toHaveURL("/studio/artists");
    expect(asked).toEqual(["Leave it?"]);
  });

  test("is asked about when the document is left", async ({ page }) => {
    await page.getByLabel("Title").fill("a");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
  });
});
