// Questions about pictures, from the instructor who draws their regions to the
// learner who presses one, or says in words and numbers what is meant.

import { type Page } from "@playwright/test";
import { newCompetency, publishAssessment } from "./support/assessment.ts";
import { begin, main, press } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { expect, test } from "./support/people.ts";

const CHART = /repairs-bar/;

/** Makes a question of that kind, as far as its picture. */
async function beginItem(page: Page, kind: string, competency: string) {
  await page.goto("/t/harbour/teach/items/new");
  await page.getByLabel("Title").fill(`The chart: ${kind}`);
  await page.getByLabel(kind, { exact: true }).check();
  await page.getByLabel("Competency").selectOption(competency);
  await page.getByLabel("Assessment", { exact: true }).check();
  await press(page, "Create");
  const chart = page.getByLabel("Picture", { exact: true }).locator("option").filter({ hasText: CHART });
  await page.getByLabel("Picture", { exact: true }).selectOption((await chart.getAttribute("value")) ?? "");
  await press(page, "Update the preview");
  await expect(main(page).getByRole("img", { name: /It is 520 wide and 280 high/ })).toBeVisible();
  await page.getByLabel("What the picture shows").fill("Bar chart. Week 1 12, week 2 18, week 3 9.");
}

test("regions are drawn by numbers, seen, and chosen by pressing the picture or by their names", async ({ as }) => {
  const desk = await as(account("harbour", "instructor"));
  const learner = await as(account("harbour", "learner"));
  const about = await newCompetency(desk);
  for (const question of ["Which week was the best?", "Which week was the worst?"]) {
    await beginItem(desk, "Regions of a picture", about);
    await desk.getByLabel("Question", { exact: true }).fill(question);
    const bars = ["76,137,154,268", "186,88,264,268", "296,161,374,268"];
    for (const [at, bar] of bars.entries()) {
      await desk.getByLabel(`Name of region ${at + 1}`, { exact: true }).fill(`Week ${at + 1}`);
      await desk.getByLabel(`Numbers of shape ${at + 1}`, { exact: true }).fill(bar);
    }
    await desk.getByLabel(/^This is right number/).nth(question.includes("best") ? 1 : 2).check();
    await press(desk, "Save and publish");
    await expect(desk.getByRole("status")).toContainText("It is published");
  }

  await begin(learner, await publishAssessment(desk, [], { "draw-0-count": "2" }, about));
  for (let number = 1; number <= 2; number += 1) {
    const best = (await learner.locator(".question .prompt").innerText()).includes("best");
    if (best) {
      // The region itself is pressed, where its bar is.
      const [picture, bar] = [learner.locator(".graphic svg.picture"), { x: 225 / 520, y: 200 / 280 }];
      const { x = 0, y = 0, width = 0, height = 0 } = (await picture.boundingBox()) ?? {};
      await learner.mouse.click(x + bar.x * width, y + bar.y * height);
      await expect(learner.getByRole("radio", { name: "Week 2" })).toBeChecked();
    } else {
      await learner.getByRole("radio", { name: "Week 3" }).focus();
      await learner.keyboard.press("Space");
      await expect(learner.getByRole("radio", { name: "Week 3" })).toBeChecked();
    }
    await press(learner, number < 2 ? "Save and go on" : "Check your answers");
  }
  await press(learner, "Hand in");
  await expect(main(learner)).toContainText("2 of 2 points");
});

test("a place is pressed in the picture, and can be told in percent", async ({ as }) => {
  const desk = await as(account("harbour", "instructor"));
  const learner = await as(account("harbour", "learner"));
  const about = await newCompetency(desk);
  await beginItem(desk, "Find a place", about);
  await desk.getByLabel("Question", { exact: true }).fill("Show the bar of week 2.");
  await desk.getByLabel("Numbers of shape 1", { exact: true }).fill("186,88,264,268");
  await desk.getByLabel("Points for area 1", { exact: true }).fill("1");
  await desk.getByLabel("Places, at most").fill("1");
  await press(desk, "Save and publish");
  await expect(desk.getByRole("status")).toContainText("It is published");

  await begin(learner, await publishAssessment(desk, [], { "draw-0-count": "1" }, about));
  const stage = learner.locator(".stage input[type=image]:visible");
  const { width = 0, height = 0 } = (await stage.boundingBox()) ?? {};
  await stage.click({ position: { x: (225 / 520) * width, y: (180 / 280) * height }, force: true });
  await expect(learner.getByLabel("Across, %")).toHaveValue(/^43/);
  await expect(learner.getByLabel("Down, %")).toHaveValue(/^64/);
  await learner.getByLabel("Down, %").fill("70");
  await press(learner, "Check your answers");
  await press(learner, "Hand in");
  await expect(main(learner)).toContainText("1 of 1 point");
});
