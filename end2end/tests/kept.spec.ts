// With script or without: buttons keep what was answered, and pressing one again
// does no harm.

import { publishAssessment, publishBadge } from "./support/assessment.ts";
import { begin, press, typed } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { post } from "./support/forms.ts";
import { expect, test } from "./support/people.ts";

const learner = account("harbour", "learner");

test("saving and turning the page keep every answer", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await typed(page).fill("tail");
  await press(page, "Save");
  await expect(typed(page)).toHaveValue("tail");
  await page.reload();
  await expect(typed(page)).toHaveValue("tail");

  await press(page, "Save and go on");
  await expect(page.locator(".question")).toContainText("Question 2 of 2");
  await typed(page).fill("first thought");
  await page.getByLabel("I want to come back to this question").check();
  await press(page, "Back");
  await expect(typed(page)).toHaveValue("tail");
  await typed(page).fill("working end");
  await page.getByRole("button", { name: "Question 2" }).click();
  await expect(typed(page)).toHaveValue("first thought");
  await typed(page).fill("second thought");
  await press(page, "Check your answers");
  await expect(page.getByRole("main")).toContainText("To come back to");
  await page.getByRole("link", { name: "Change Question 1" }).click();
  await expect(typed(page)).toHaveValue("working end");
  await page.getByRole("button", { name: "Question 2" }).click();
  await expect(typed(page)).toHaveValue("second thought");
});

test("handing in many times at once is handing in once, and earns one badge", async ({ as }) => {
  const page = await as(learner);
  const assessment = await publishAssessment(await as(account("harbour", "instructor")), ["text"]);
  const badge = await publishBadge(await as(account("harbour", "admin")), assessment);
  await begin(page, assessment);
  const attempt = page.url();
  await typed(page).fill("tail");
  await press(page, "Check your answers");

  const check = page.url();
  const [, ...answers] = await Promise.all([
    page.getByRole("button", { name: "Hand in" }).dblclick(),
    ...Array.from({ length: 8 }, () => post(page.request, check)),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 200));
  await expect(page.getByRole("main")).toContainText("1 of 1 points");
  const late = await post(page.request, attempt, { "q0.sequence": "9", "q0.r.1": "too late" });
  expect(late.url(), "what is handed in stays as it is").toBe(`${attempt.split("?")[0]}/result`);

  await page.goto(assessment);
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
  const badges = page.getByRole("main").getByRole("link", { name: badge });
  await expect(async () => {
    await page.goto("/wallet");
    await expect(badges).not.toHaveCount(0, { timeout: 200 });
  }).toPass();
  await expect(badges).toHaveCount(1);
});
