// Writes a screenshot of every page in every state to test-results/pages/<variant>/.

import { startSession } from "../fixtures/account";
import { states } from "../fixtures/states";
import { test } from "../fixtures/test";

for (const { name, isPrivate, show } of states) {
  test(name, async ({ page, context, visit, account, catalogue }, { project }) => {
    if (isPrivate) await startSession(context.request, account);
    await show(page, visit, catalogue);
    const file = name.replaceAll(/[^a-z]+/g, "-");
    await page.screenshot({ path: `test-results/pages/${project.name}/${file}.png`, fullPage: true });
  });
}
