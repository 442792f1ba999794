// A badge that a learner earned, as its holder shares it and as others check it.

import { fetchBadge, fetchBaked, fetchToken, verify, verifyToken } from "../outside/verifier.mjs";
import { account, demo } from "./support/demo.ts";
import { expect, test } from "./support/people.ts";

/** A badge for each project, so that the two can run side by side; of the tenant that allows suspending. */
function ownBadge(project: string) {
  const tenant = demo.tenants.find(({ slug }) => slug === "harbour");
  const learners = new Set(tenant?.accounts.filter(({ role }) => role === "learner").map(({ email }) => email));
  const holders = [...new Set(demo.credentials.map(({ holder }) => holder))].filter((email) => learners.has(email));
  const holder = holders[project === "script" ? 0 : 1];
  const badge = demo.credentials.find((badge) => badge.holder === holder);
  if (!holder || !badge) throw new Error("the demo has too few badges");
  return { holder: { ...account("harbour", "learner"), email: holder }, badge };
}

test("a holder shares a badge, and software of others verifies it until it is suspended or revoked", async ({ as }, info) => {
  const { holder, badge } = ownBadge(info.project.name);
  expect((await fetch(badge.url)).status, "private until its holder says otherwise").toBe(404);

  const page = await as(holder);
  await page.goto(`/wallet/${badge.id}`);
  await page.locator("[name=public]").check();
  await page.locator("main form button").first().click();
  await expect(page.getByRole("status")).toBeVisible();

  const signed = await fetchBadge(badge.url);
  expect(await verify(signed)).toEqual({ verified: true, why: "" });

  const token = await fetchToken(badge.url);
  const { iss, jti, nbf, ...said } = await verifyToken(token);
  const { proof, ...unsigned } = signed;
  expect(said, "the token says what the document says").toEqual(unsigned);
  await expect(verifyToken(token.replace(/.$/, (end) => (end === "A" ? "Q" : "A")))).rejects.toThrow();
  expect(await fetchBaked(`${badge.url}/badge.png`), "the picture carries the badge itself").toEqual(signed);

  const changed = JSON.parse(JSON.stringify(signed).replace(signed.name, `${signed.name}.`));
  expect((await verify(changed)).verified, "one character changed").toBe(false);
  expect((await verify({ ...signed, unheardOf: "x" })).verified, "an undefined term added").toBe(false);

  const slug = new URL(signed.issuer.url).pathname.split("/")[2];
  const owner = await as(account(slug, "owner"));
  const purposes = signed.credentialStatus.map(({ statusPurpose }: { statusPurpose: string }) => statusPurpose);
  expect(purposes).toEqual(["revocation", "suspension"]);
  const step = async (verb: string, reason: string) => {
    await owner.goto(`/t/${slug}/admin/credentials/${badge.id}/${verb}`);
    await owner.locator("[name=reason]").fill(reason);
    await owner.locator("main form button").first().click();
    await expect(owner.getByRole("status")).toBeVisible();
  };
  await step("suspend", "Suspended to show that it can be.");
  expect(await verify(signed), "suspended").toEqual({ verified: false, why: expect.stringContaining("suspension") });
  await page.goto(badge.url);
  await expect(page.locator("main")).toContainText("Suspended to show that it can be.");
  await step("reinstate", "Shown.");
  expect((await verify(signed)).verified, "in force again").toBe(true);

  await step("revoke", "Issued to show that it can be revoked.");
  expect(await verify(signed), "revoked").toEqual({ verified: false, why: expect.stringContaining("revocation") });

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
