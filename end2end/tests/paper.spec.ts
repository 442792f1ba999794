// A badge on paper, as software of others reads it, and as our own does.

import { readCertificate, verifyPaper } from "../outside/paper.mjs";
import { fetchKey } from "../outside/verifier.mjs";
import { account, demo } from "./support/demo.ts";
import { expect, test } from "./support/people.ts";

/** Whose badge no other test revokes. */
const badge = demo.credentials.at(-1)!;
const holder = { ...account("harbour", "learner"), email: badge.holder };

test("software of others reads the code on a badge's page and verifies it", async ({ as, page: visitor }) => {
  const page = await as(holder);
  await page.goto(`/c/${badge.id}`);
  const picture = await page.locator("img.qr").screenshot();
  const { verified, claims } = await verifyPaper(picture, async (method) => (await fetchKey(method)).key);
  expect(verified).toBe(true);
  expect(claims.get(-65537).get(1)).toBe(badge.url);

  await visitor.goto("/verify");
  await visitor.locator("[name=file]").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: picture });
  await visitor.locator("main form button").click();
  await expect(visitor.locator(".verdict")).toContainText("This badge is valid");
});

test("a certificate is one tagged page that says what the badge says", async ({ as }) => {
  const page = await as(holder);
  await page.goto(`/wallet/${badge.id}`);
  const name = await page.locator("h1").innerText();
  const answer = await page.request.get(`/c/${badge.id}/certificate.pdf`);
  expect(answer.headers()["content-type"]).toBe("application/pdf");
  const found = await readCertificate(new Uint8Array(await answer.body()));
  expect(found).toMatchObject({ pages: 1, marked: true });
  expect(found.title).toContain(name);
  expect(found.text).toContain(name);
  expect(found.text).toContain(badge.url);
  expect(found.alts).toHaveLength(2);
  expect(found.roles).toEqual(expect.arrayContaining(["H1", "H2", "P", "Figure", "Link"]));
});

test("a badge's page is printed as one sheet, an achievement's with what it takes", async ({ as }) => {
  const page = await as(holder);
  await page.emulateMedia({ media: "print" });
  await page.goto(`/c/${badge.id}`);
  await expect(page.locator(".certificate")).toBeVisible();
  await expect(page.locator("#evidence")).toBeHidden();
  const achievement = await page.locator(".certificate a[href*='/achievements/']").getAttribute("href");
  await page.goto(achievement ?? "");
  await expect(page.locator(".certificate")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What it took" })).toBeVisible();
});
