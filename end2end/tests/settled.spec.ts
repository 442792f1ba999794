// What is scored is not the last word: two mark the same work and a third settles
// it, a learner asks for a review, and a question that was wrong is put right.

import { type Page } from "@playwright/test";
import { atDesk, publishAssessment } from "./support/assessment.ts";
import { begin, main, press, typed } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { linkMailed } from "./support/mail.ts";
import { expect, test } from "./support/people.ts";

const instructor = account("harbour", "instructor");
/** Each project has a learner of its own: they share a server, and mails are told apart by whom they go to. */
const learnerOf = (project: string) => account("harbour", "learner", project === "script" ? 5 : 6);

/** Where the attempt is that the page shows something of. */
const attemptOf = (page: Page) => page.url().replace(/^.*(\/t\/.*\/attempts\/[^/?]+).*$/, "$1");

/** Loads the page again until a job has done what it is to show. */
async function loadedUntil(page: Page, shown: () => Promise<void>) {
  await expect(async () => {
    await page.reload();
    await shown();
  }).toPass();
}

/** Hands in what is typed at every question. */
async function handIn(page: Page, answer: string) {
  await typed(page).fill(answer);
  await press(page, "Check your answers");
  await press(page, "Hand in");
}

test("what two mark differently without seeing each other is settled by a third, who sees both", async ({ as }, info) => {
  const [desk, first, second] = await Promise.all([
    as(instructor),
    as(account("harbour", "assessor")),
    as(account("harbour", "admin")),
  ]);
  const who = learnerOf(info.project.name);
  const learner = await as(who);
  const assessment = await publishAssessment(desk, ["extended-text"]);
  await desk.goto(`${atDesk(assessment)}/marking`);
  await desk.getByLabel("Share that two mark, in percent").fill("100");
  await press(desk, "Save");
  await begin(learner, assessment);
  await handIn(learner, "Round turn, then two half hitches.");
  await expect(main(learner)).toContainText("A person has to mark your work");
  const title = /Knots \w+/.exec(await main(learner).innerText())?.[0] ?? "";

  for (const [assessor, level, comment] of [[first, /^Safe/, "In the right order."], [second, /^Unsafe/, "Which side first?"]] as const) {
    await assessor.goto("/t/harbour/teach/marking");
    await press(assessor, `Mark the next ${title}`);
    await expect(main(assessor)).not.toContainText("In the right order.");
    await assessor.getByLabel(level).check();
    await assessor.getByLabel("To the learner").fill(comment);
    await press(assessor, "Give this mark");
    await expect(assessor.getByRole("status")).toContainText("The mark is given");
  }

  await desk.goto("/t/harbour/teach/marking");
  await press(desk, `Settle the next ${title}`);
  await expect(main(desk).getByRole("table", { name: /Both marks/ })).toContainText("In the right order.");
  await expect(main(desk).getByRole("table", { name: /Both marks/ })).toContainText("Which side first?");
  await desk.getByLabel(/^Safe/).check();
  await desk.getByLabel("To the learner").fill("Two people looked at it: it holds.");
  await press(desk, "Give this mark");

  await learner.goto(await linkMailed(who.email, attemptOf(learner)));
  await expect(main(learner)).toContainText("2 of 2 points");
  await expect(main(learner)).toContainText("Two people looked at it: it holds.");
  await expect(main(learner)).not.toContainText("Which side first?");

  await desk.goto(`${atDesk(assessment)}/agreement`);
  await expect(main(desk)).toContainText("Too few to say");
});

test("a learner asks once for a review, and the points that an assessor sets are the result", async ({ as }, info) => {
  const [desk, assessor] = await Promise.all([as(instructor), as(account("harbour", "assessor"))]);
  const who = learnerOf(info.project.name);
  const learner = await as(who);
  await begin(learner, await publishAssessment(desk, ["text"]));
  await handIn(learner, "the bitter end");
  await expect(main(learner)).toContainText("0 of 1 point");
  const reason = `On our boat it is the bitter end. ${info.project.name}`;
  await main(learner).getByRole("link", { name: "Ask for a review" }).click();
  await learner.getByLabel("Why should it be looked at again?").fill(reason);
  await press(learner, "Send the request");
  await expect(main(learner)).toContainText("An assessor will look at it");
  await expect(main(learner).getByRole("link", { name: "Ask for a review" })).toHaveCount(0);

  // It stands in one list with everybody's, and nothing there says whose it is.
  await assessor.goto("/t/harbour/teach/marking");
  const asked = main(assessor).locator("a[href*='/teach/appeals/']");
  const addresses = await asked.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  for (const address of addresses) {
    await assessor.goto(address);
    if (await main(assessor).getByText(reason).isVisible()) break;
  }
  await assessor.getByLabel("Points for question 1").fill("2");
  await assessor.getByLabel("Your answer to the learner").fill("You are right: it is called that too.");
  await press(assessor, "Send the answer");
  await expect(assessor.getByRole("alert")).toContainText("Enter points from 0 to 1");
  await expect(assessor.getByLabel("Your answer to the learner")).toHaveValue("You are right: it is called that too.");
  await assessor.getByLabel("Points for question 1").fill("1");
  await press(assessor, "Send the answer");
  await expect(assessor.getByRole("status")).toContainText("The answer was sent");

  await learner.reload();
  await expect(main(learner)).toContainText("Reviewed: the result was changed");
  await expect(main(learner)).toContainText("You are right: it is called that too.");
  await expect(main(learner)).toContainText("1 of 1 point");
  await expect(main(learner).getByRole("link", { name: "Ask for a review" })).toHaveCount(0);
});

test("a question that was wrong is put right for whoever answered it, once what changes has been seen", async ({ as }, info) => {
  const desk = await as(instructor);
  const who = learnerOf(info.project.name);
  const learner = await as(who);
  const assessment = await publishAssessment(desk, ["numeric"]);
  await begin(learner, assessment);
  await handIn(learner, "7");
  await expect(main(learner)).toContainText("0 of 1 point");

  await desk.goto(`${atDesk(assessment)}/answers`);
  const question = main(desk).locator("a[href*='/answers/']").first();
  await loadedUntil(desk, () => expect(question).toBeVisible({ timeout: 500 }));
  await question.click();
  await desk.getByRole("link", { name: "Regrade this question" }).click();
  await desk.getByLabel("Full credit for everybody").check();
  await desk.getByLabel("Reason for the record").fill("The drawing shows five turns.");
  await press(desk, "See what would change");
  await expect(desk.getByRole("alert")).toContainText("Say what learners are told");
  await expect(desk.getByLabel("Reason for the record")).toHaveValue("The drawing shows five turns.");
  await desk.getByLabel("What learners are told").fill("The drawing did not fit the question.");
  await press(desk, "See what would change");
  const apply = desk.getByRole("button", { name: "Apply this regrade" });
  await loadedUntil(desk, () => expect(apply).toBeVisible({ timeout: 500 }));
  await expect(main(desk)).toContainText("Nothing has changed yet");
  await learner.reload();
  await expect(main(learner)).toContainText("0 of 1 point");

  await apply.click();
  await loadedUntil(desk, () => expect(main(desk)).toContainText("The regrade is done", { timeout: 500 }));
  await learner.goto(await linkMailed(who.email, attemptOf(learner)));
  await expect(main(learner)).toContainText("1 of 1 point");
  await expect(main(learner)).toContainText("The drawing did not fit the question.");
});
