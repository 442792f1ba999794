// A stranger's way to a badge that others can check.

import { fetchBadge, verify } from "../outside/verifier.mjs";
import { linkMailed } from "./support/mail.ts";
import { expect, signIn, test } from "./support/people.ts";
import { answerRightly, itemsOf } from "./support/question.ts";

const items = itemsOf("harbour");

test("a stranger signs up, learns, is assessed, and earns a badge that others can verify", async ({ page }, info) => {
  const name = "Wren Fellside";
  const email = `wren.${info.testId}.${info.repeatEachIndex}@example.org`;
  const password = "a lamp in every window";

  await test.step("signs up, and shows by a link that the address is theirs", async () => {
    await page.goto("/t/harbour/join");
    await page.getByRole("main").getByRole("link", { name: "Make an account" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Make an account" }).click();
    await expect(page.getByRole("main")).toContainText("We have sent you a mail");

    await page.goto(await linkMailed(email, "/verify-email"));
    await page.getByLabel("Password").fill(password);
    await page.getByRole("main").getByRole("button").click();
  });

  await test.step("comes back to where they wanted to join, and joins", async () => {
    await expect(page).toHaveURL(/\/t\/harbour\/join\?done=email-verified$/);
    await page.getByRole("button", { name: "Join" }).click();
    await expect(page.getByRole("status")).toContainText("You belong here now");
  });

  await test.step("begins a course and reads a lesson", async () => {
    await page.getByRole("main").getByRole("link", { name: "Numbers for work" }).click();
    await page.getByRole("button", { name: "Begin this course" }).click();
    await page.getByRole("link", { name: "Start", exact: true }).click();
    await page.getByRole("button", { name: "I have read this" }).click();
    await page.goto("/t/harbour/courses/numbers-for-work");
    await expect(page.getByRole("main")).toContainText("1 of 24 done");
  });

  await test.step("practises, and is told about each answer at once", async () => {
    await page.getByRole("link", { name: "Practise percentages" }).click();
    for (const count of [1, 2]) {
      await answerRightly(page, items);
      await page.getByRole("button", { name: "Check my answer" }).click();
      await expect(page.locator(".question")).toContainText("Right");
      await page.getByRole("link", { name: "Next question" }).click();
      await expect(page.getByRole("main")).toContainText(`${count} of 10 questions practised`);
    }
  });

  await test.step("passes the gate with nine right answers in a row", async () => {
    await page.goto("/t/harbour/courses/numbers-for-work");
    await page.getByRole("link", { name: "Show it: percentages of amounts" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    for (let number = 1; number <= 9; number += 1) {
      await expect(page.locator(".question")).toContainText(`Question ${number} of`);
      await answerRightly(page, items);
      await page.getByRole("button", { name: "Answer", exact: true }).click();
    }
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Result");
    await expect(page.getByRole("main")).toContainText("Passed");
  });

  await test.step("passes the check of eight questions", async () => {
    await page.getByRole("link", { name: "On with the course" }).click();
    await page.getByRole("link", { name: "Check: discounts, VAT and change" }).click();
    await page.getByRole("button", { name: "Start" }).click();
    for (let number = 1; number <= 8; number += 1) {
      await expect(page.locator(".question")).toContainText(`Question ${number} of 8`);
      await answerRightly(page, items);
      const onward = number < 8 ? "Save and go on" : "Check your answers";
      await page.getByRole("button", { name: onward }).first().click();
    }
    await expect(page.getByRole("main")).not.toContainText("Not answered");
    await page.getByRole("button", { name: "Hand in" }).click();
    await expect(page.getByRole("main")).toContainText("8 of 8 points");
    await expect(page.getByRole("main")).toContainText("You have earned “Percentages at work”");
  });

  await test.step("finds the badge in the wallet, and shows it to the world", async () => {
    const badge = page.getByRole("main").getByRole("link", { name: "Percentages at work" });
    await expect(async () => {
      await page.goto("/wallet");
      await expect(badge).toBeVisible({ timeout: 200 });
    }).toPass();
    await linkMailed(email, "/wallet");
    await badge.click();
    await page.getByLabel("Everybody who has the link").check();
    await page.getByRole("main").getByRole("button").click();
    await expect(page.getByRole("status")).toBeVisible();

    const address = (await page.getByRole("main").locator("code").innerText()).trim();
    const signed = await fetchBadge(address);
    expect(signed.name).toBe("Percentages at work");
    expect(await verify(signed)).toEqual({ verified: true, why: "" });

    await page.context().clearCookies();
    await page.goto(address);
    await expect(page.getByRole("main")).toContainText(name);
    await expect(page.locator(".verdict")).toContainText("This badge is valid");
  });
});
