// Somebody who has no mouse, or cannot use one.

import { type Locator, type Page } from "@playwright/test";
import { publishAssessment } from "./support/assessment.ts";
import { account } from "./support/demo.ts";
import { expect, test } from "./support/people.ts";

test("signing in and taking an assessment need nothing but a keyboard", async ({ page, as, withScript }) => {
  const assessment = await publishAssessment(await as(account("harbour", "instructor")), ["single-choice", "order", "match"]);

  await test.step("past the navigation, straight to the form", async () => {
    await page.goto(`/sign-in?back=${assessment}`);
    const skip = page.getByRole("link", { name: "Skip to main content" });
    await expect(skip).not.toBeInViewport();
    await page.keyboard.press("Tab");
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(page.getByLabel("E-mail address")).toBeFocused();
  });

  await test.step("signs in", async () => {
    const { email, password } = account("harbour", "learner");
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await go(page, page.getByRole("button", { name: "Start" }));
  });

  for (let number = 1; number <= 3; number += 1) {
    await test.step(`answers question ${number}`, async () => {
      const question = page.locator(".question");
      await expect(question).toContainText(`Question ${number} of 3`);
      const asked = await question.locator(".prompt").innerText();
      if (asked.includes("loop")) await choose(page, question);
      else if (asked.includes("order")) await (withScript ? putInOrder(page, question) : numberRows(page, question));
      else await match(page, question);
      await go(page, page.getByRole("button", { name: number < 3 ? "Save and go on" : "Check your answers" }).first());
    });
  }

  await go(page, page.getByRole("button", { name: "Hand in" }));
  await expect(page.getByRole("main")).toContainText("3 of 3 points");
});

async function choose(page: Page, question: Locator) {
  const bowline = question.getByLabel("Bowline");
  await tabTo(page, question.getByRole("radio").first());
  await page.keyboard.press("Space");
  if (!(await bowline.isChecked())) await page.keyboard.press("ArrowDown");
  await expect(bowline).toBeChecked();
}

const STEPS = ["Come alongside", "Throw the line", "Make fast"];

/** The last goes down until it is the last, then the one before it. */
async function putInOrder(page: Page, question: Locator) {
  const rows = question.locator(".order > li");
  // They may lie right already, but that is nobody's answer yet.
  await go(page, rows.first().getByRole("button", { name: "down" }));
  for (const step of [...STEPS].reverse()) {
    const place = STEPS.indexOf(step);
    const down = question.getByRole("button", { name: `Move “${step}” down` });
    while (!(await rows.nth(place).innerText()).includes(step)) {
      if (!(await down.and(page.locator(":focus")).count())) await tabTo(page, down);
      await page.keyboard.press("Enter");
    }
  }
  for (const [place, step] of STEPS.entries()) await expect(rows.nth(place)).toContainText(step);
}

async function numberRows(page: Page, question: Locator) {
  for (const row of await question.locator(".order > li").all()) {
    const text = await row.innerText();
    await tabTo(page, row.locator("input"));
    await page.keyboard.type(`${STEPS.findIndex((step) => text.includes(step)) + 1}`);
  }
}

async function match(page: Page, question: Locator) {
  for (const [left, right] of [["Sheet bend", "Joining two ropes"], ["Clove hitch", "Hanging fenders"]]) {
    const select = question.getByLabel(left);
    await tabTo(page, select);
    await page.keyboard.type(right.slice(0, 3));
    await expect(select.locator("option:checked")).toHaveText(right);
  }
}

/** Presses a button or follows a link. */
async function go(page: Page, target: Locator) {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Tabs until `target` has the focus, from wherever it is. */
async function tabTo(page: Page, target: Locator) {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.and(page.locator(":focus")).count()) return;
  }
  throw new Error(`the Tab key does not lead to ${target}`);
}
