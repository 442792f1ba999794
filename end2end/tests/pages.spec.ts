// Every kind of page, as somebody who may see it: no fault that axe knows, nothing
// that runs out of a narrow screen, and a light first view.

import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

const demo = JSON.parse(readFileSync(process.env.CAIRN_TEST_DEMO ?? "", "utf8"));
const accounts: { role: string; email: string; password: string }[] = demo.tenants[0].accounts;

const pages: Record<string, string[]> = {
  visitor: ["/", "/sign-in", "/sign-up", "/forgot-password", "/verify", "/t/harbour", "/t/harbour/courses/numbers-for-work", "/no-such-page"],
  learner: ["/wallet", "/progress", "/account", "/account/password", "/account/sessions", "/t/harbour/progress"],
  instructor: ["/t/harbour/teach", "/t/harbour/teach/items", "/t/harbour/teach/assessments", "/t/harbour/teach/competencies", "/t/harbour/teach/marking"],
  owner: ["/t/harbour/admin", "/t/harbour/admin/settings", "/t/harbour/admin/people", "/t/harbour/admin/achievements", "/t/harbour/admin/credentials", "/t/harbour/admin/audit"],
};

async function signIn(page: Page, role: string) {
  const account = accounts.find((account) => account.role === role);
  if (!account) throw new Error(`the demo has no ${role}`);
  await page.goto("/sign-in");
  await page.locator("[name=email]").fill(account.email);
  await page.locator("[name=password]").fill(account.password);
  await page.locator("main form button").first().click();
  await expect(page).not.toHaveURL(/sign-in/);
}

for (const [role, paths] of Object.entries(pages)) {
  test(`pages of a ${role}`, async ({ page }, info) => {
    if (role !== "visitor") await signIn(page, role);
    for (const path of paths) {
      await page.setViewportSize({ width: 320, height: 700 });
      await page.goto(path);
      await expect.soft(page.locator("h1"), path).toHaveCount(1);
      // Without script in the page, axe and this measurement have nothing to run in.
      if (info.project.name !== "script") continue;
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(over, `${path} at 320 px`).toBeLessThanOrEqual(0);
      const found = await new AxeBuilder({ page }).analyze();
      expect.soft(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`), path).toEqual([]);
    }
  });
}

test("the first view of a text page costs at most 30 KB", async ({ page }, info) => {
  // Script or not, the same is sent.
  if (info.project.name !== "script") return;
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
  await page.goto("/t/harbour", { waitUntil: "networkidle" });
  expect(bytes).toBeLessThanOrEqual(30 * 1024);
});
