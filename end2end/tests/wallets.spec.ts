// A badge into a wallet that others wrote, and from there to a verifier that others wrote.

import { verify, verifyToken } from "../outside/verifier.mjs";
import { takeOffer } from "../outside/wallet.mjs";
import { press } from "./support/attempt.ts";
import { account, demo } from "./support/demo.ts";
import { expectToLookRight } from "./support/looks.ts";
import { expect, test } from "./support/people.ts";

test("a holder puts a badge into a wallet of others, once, and it verifies there", async ({ as }, info) => {
  // Of the whole stack, which no other test changes; one for each project, since a newer
  // offer of a badge takes the place of an older one.
  const email = "amara.tidewell@example.org";
  const badge = demo.credentials.filter(({ holder }) => holder === email).at(info.project.name === "script" ? -1 : -2);
  if (!badge) throw new Error("the demo has too few badges");
  const page = await as({ ...account("harbour", "learner"), email });
  await page.goto(`/wallet/${badge.id}`);
  await page.getByRole("link", { name: "Put it into another wallet" }).click();
  await page.locator("[name=pin]").check();
  await press(page, "Show me how");
  if (info.project.name === "script") await expectToLookRight(page, "an offer to a wallet");
  const link = await page.getByRole("link", { name: "Open the app on this device" }).getAttribute("href");
  await page.getByText("Show the code that it asks for").click();
  const pin = await page.locator("main details code").innerText();
  expect(link).toMatch(/^openid-credential-offer:/);
  await expect(page.locator("main .qr svg")).toBeVisible();

  const { did, badges } = await takeOffer(link ?? "", pin);
  const document = badges["open-badge"];
  expect(document.credentialSubject.id).toBe(did);
  expect(await verify(document)).toEqual({ verified: true, why: "" });
  const { sub } = await verifyToken(badges["open-badge-jwt"]);
  expect(sub).toBe(did);
  await expect(takeOffer(link ?? "", pin), "a code is taken once").rejects.toThrow();
});
