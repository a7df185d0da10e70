// When a session ends, the document no longer contains the account's data (ASVS 14.3.1).

import { button, expectNobody, field, header, startSession } from "../../fixtures/account";
import { createStudioData } from "../../fixtures/studio_data";
import { becomeVisible } from "../../fixtures/tab";
import { expect, expectHydrated, test } from "../../fixtures/test";

test.describe("the document", { tag: "@js" }, () => {
  test("says nothing of an account once its session has ended elsewhere", async ({
    page,
    context,
    visit,
    signedIn,
  }) => {
    const { data } = await (await context.request.get("/v1/test")).json();
    const secrets = [data.id, data.email_address, signedIn.firstName, signedIn.lastName];
    await visit("/account");
    // The program holds the current user in memory; no attribute contains it.
    await expect(page.locator("body")).not.toHaveAttribute("data-state");
    await visit("/studio");
    await page.getByRole("link", { name: "Go to your account" }).click();
    await expect(field.firstName(page)).toHaveValue(signedIn.firstName);
    const other = await context.newPage();
    await other.goto("/studio");
    await button.logOut(other).click();
    await expectNobody(other);
    await becomeVisible(page);
    await expect(page).toHaveURL("/login?next=%2Faccount");
    const html = await page.content();
    for (const secret of secrets) expect(html).not.toContain(secret);
    expect(String(await page.evaluate(() => JSON.stringify(history.state)))).not.toContain(data.id);
  });

  test("keeps no draft, neither in itself nor in its variables", async ({ page, context, visit, signedIn: _ }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    await expect(page.getByLabel("Title")).toHaveValue("My room, finally tidy");
    await context.request.post("/v1/auth/logout");
    await becomeVisible(page);
    await expect(page).toHaveURL(/\/login\?next=/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Good to see you");
    const html = await page.content();
    expect(html).not.toContain("My room");
    // The URL with which the program started contains the draft's id, too.
    expect(html.replace(/next=[^"]*/g, "")).not.toContain(video);
    const models = await page.evaluate(() => JSON.stringify(Reflect.get(window, "__RESOLVED_RESOURCES")));
    expect(models).toBe("[]");
  });

  test("keeps what is being typed, and not who types it", async ({ page, context, visit, signedIn }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    await page.getByLabel("Title").fill("Typed, and not saved");
    await context.request.post("/v1/auth/logout");
    await becomeVisible(page);
    await expectNobody(page);
    await expect(page.getByLabel("Title")).toHaveValue("Typed, and not saved");
    await expect(header(page).getByText(signedIn.emailAddress)).toHaveCount(0);
    expect(await page.content()).not.toContain(signedIn.emailAddress);
    // Once the user has logged in elsewhere, the text can be saved.
    await startSession(context.request, signedIn);
    await becomeVisible(page);
    await expect(header(page).getByText(signedIn.emailAddress)).toBeVisible();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved.")).toBeVisible();
    await expectHydrated(page);
  });

  test("loses the account when a form of it is refused for want of a session", async ({
    page,
    context,
    visit,
    signedIn,
  }) => {
    await visit("/account");
    await field.firstName(page).fill("Augusta");
    await context.request.post("/v1/auth/logout");
    await button.saveName(page).click();
    await expect(page.getByRole("alert")).toContainText("Your session has ended.");
    await expectNobody(page);
    await expect(field.firstName(page)).toHaveValue("Augusta");
    expect(await page.content()).not.toContain(signedIn.emailAddress);
  });

  test("of one account is not shown to another that logs in while it is kept", async ({
    page,
    context,
    request,
    visit,
    signedIn: _,
    person,
  }) => {
    const { video } = await createStudioData(page.request);
    await visit(`/studio/videos/${video}`);
    await page.getByLabel("Title").fill("Typed, and not saved");
    await context.request.post("/v1/auth/logout");
    await becomeVisible(page);
    await expectNobody(page);
    const another = { ...person, emailAddress: `another.${person.emailAddress}` };
    await request.post("/v1/users/new", {
      data: { email_address: another.emailAddress, password: another.password },
    });
    await startSession(context.request, another);
    page.on("dialog", (dialog) => dialog.accept());
    await becomeVisible(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing is pinned here");
    expect(await page.content()).not.toContain("Typed, and not saved");
  });
});
