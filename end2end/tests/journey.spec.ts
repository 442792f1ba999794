// A badge that a learner earned, as its holder shares it and as others check it.

import { readFileSync } from "node:fs";
import { expect, test, type Page } from "@playwright/test";
import { fetchBadge, verify } from "../outside/verifier.mjs";

interface Demo {
  tenants: { slug: string; accounts: { role: string; email: string; password: string }[] }[];
  credentials: { id: string; url: string; holder: string }[];
}

const demo: Demo = JSON.parse(readFileSync(process.env.CAIRN_TEST_DEMO ?? "", "utf8"));

function account(slug: string, role: string) {
  const tenant = demo.tenants.find((tenant) => tenant.slug === slug);
  const found = tenant?.accounts.find((account) => account.role === role);
  if (!found) throw new Error(`the demo has no ${role} in ${slug}`);
  return found;
}

async function signIn(page: Page, email: string, password: string) {
  await page.goto("/sign-in");
  await page.locator("[name=email]").fill(email);
  await page.locator("[name=password]").fill(password);
  await page.locator("main form button").first().click();
  await expect(page).not.toHaveURL(/sign-in/);
}

/** A badge for each project, so that the two can run side by side. */
function ownBadge(project: string) {
  const holders = [...new Set(demo.credentials.map(({ holder }) => holder))];
  const holder = holders[project === "script" ? 0 : 1];
  const badge = demo.credentials.find((badge) => badge.holder === holder);
  const password = demo.tenants[0].accounts[0].password;
  if (!holder || !badge) throw new Error("the demo has too few badges");
  return { holder, badge, password };
}

test("a holder shares a badge, and software of others verifies it until it is revoked", async ({ page }, info) => {
  const { holder, badge, password } = ownBadge(info.project.name);
  expect((await fetch(badge.url)).status, "private until its holder says otherwise").toBe(404);

  await signIn(page, holder, password);
  await page.goto(`/wallet/${badge.id}`);
  await page.locator("[name=public]").check();
  await page.locator("main form button").first().click();
  await expect(page.getByRole("status")).toBeVisible();

  const signed = await fetchBadge(badge.url);
  expect(await verify(signed)).toEqual({ verified: true, why: "" });

  const changed = JSON.parse(JSON.stringify(signed).replace(signed.name, `${signed.name}.`));
  expect((await verify(changed)).verified, "one character changed").toBe(false);
  expect((await verify({ ...signed, unheardOf: "x" })).verified, "an undefined term added").toBe(false);

  await page.context().clearCookies();
  const slug = new URL(signed.issuer.url).pathname.split("/")[2];
  const owner = account(slug, "owner");
  await signIn(page, owner.email, owner.password);
  await page.goto(`/t/${slug}/admin/credentials/${badge.id}/revoke`);
  await page.locator("[name=reason]").fill("Issued to show that it can be revoked.");
  await page.locator("main form button").first().click();
  await expect(page.getByRole("status")).toBeVisible();
  expect((await verify(signed)).verified, "revoked").toBe(false);

  await page.goto(badge.url);
  await expect(page.locator(".verdict")).toContainText("not valid");
});

test("anybody checks a pasted badge", async ({ page }) => {
  await page.goto("/verify");
  await page.locator("[name=badge]").fill("{");
  await page.locator("main form button").click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await expect(page.locator("[name=badge]")).toHaveValue("{");
});
