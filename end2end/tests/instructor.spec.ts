// A course with everything in it, from an empty page to the first badge: an
// instructor writes it, an admin makes its badge, a learner takes it, an assessor
// marks what only a person can.

import { type Page } from "@playwright/test";
import { main } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { linkMailed } from "./support/mail.ts";
import { expect, test } from "./support/people.ts";

const press = (page: Page, name: string) => main(page).getByRole("button", { name, exact: true }).click();

test("an instructor's course leads a learner to a badge, by way of an assessor", async ({ as }, info) => {
  // The two projects share a server, so each has names and people of its own.
  const own = info.project.name === "script" ? 0 : 1;
  const code = ["MOOR", "TOW"][own] + (info.repeatEachIndex || "");
  const course = `Ropes and knots ${code}`;
  const instructor = await as(account("harbour", "instructor"));
  const learner = await as(account("harbour", "learner", 7 + own));

  await test.step("the instructor says what can be learned", async () => {
    await instructor.goto("/t/harbour/teach");
    await main(instructor).getByRole("link", { name: "Competencies" }).click();
    await main(instructor).getByRole("link", { name: "New framework" }).click();
    await instructor.getByLabel("Title").fill(`Seamanship ${code}`);
    await instructor.getByLabel("Code").fill(code);
    await press(instructor, "Save");
    await main(instructor).getByRole("link", { name: "New competency" }).click();
    await instructor.getByLabel("Code").fill(`${code}.1`);
    await instructor.getByLabel("Statement").fill("Chooses and ties the right knot.");
    await press(instructor, "Save");
    await expect(instructor.getByRole("status")).toContainText("The competency is added");
  });

  for (const [kind, { title, question, write }] of Object.entries(kinds)) {
    await test.step(`the instructor writes: ${kind}`, async () => {
      await instructor.goto("/t/harbour/teach/items/new");
      await instructor.getByLabel("Title").fill(title);
      await instructor.getByLabel(kind, { exact: true }).check();
      await instructor.getByLabel("Competency").selectOption({ label: `${code}.1 Chooses and ties the right knot.` });
      await instructor.getByLabel("Assessment", { exact: true }).check();
      await press(instructor, "Create");
      await instructor.getByLabel("Question", { exact: true }).fill(question);
      await write(instructor);
      await press(instructor, "Save and publish");
      await expect(instructor.getByRole("status")).toContainText("It is published");
    });
  }

  await test.step("the instructor draws an assessment from them", async () => {
    await instructor.goto("/t/harbour/teach/assessments");
    await main(instructor).getByRole("link", { name: "New assessment" }).click();
    await instructor.getByLabel("Title").fill(`All about knots ${code}`);
    await instructor.getByLabel("Form: a fixed number of questions").check();
    await press(instructor, "Create");
    await instructor.getByLabel("Competency 1", { exact: true }).selectOption({ label: `${code}.1 Chooses and ties the right knot.` });
    await instructor.getByLabel("Questions from competency 1").fill("7");
    await instructor.getByLabel("Pass mark, in percent of the points").fill("80");
    await instructor.getByLabel("Tries", { exact: true }).fill("1");
    await press(instructor, "Save and publish");
    await expect(instructor.getByRole("status")).toContainText("It is published");
  });

  await test.step("the instructor makes a course of a lesson and the assessment", async () => {
    await instructor.goto("/t/harbour/teach");
    await main(instructor).getByRole("link", { name: "New course" }).click();
    await instructor.getByLabel("Title").fill(course);
    await instructor.getByLabel("Address").fill(`ropes-${code.toLowerCase()}`);
    await press(instructor, "Create");
    await main(instructor).getByRole("link", { name: "Add a module" }).click();
    await instructor.getByLabel("Title").fill("At the quay");
    await press(instructor, "Add");
    await main(instructor).getByRole("link", { name: "Add an activity" }).click();
    await instructor.getByLabel("Title").fill("The bowline");
    await instructor.getByLabel("Lesson", { exact: true }).check();
    await press(instructor, "Add");
    await instructor.getByLabel("Text").fill("## A loop that holds\n\nIt does not slip, and it can be untied.");
    await press(instructor, "Save");
    await main(instructor).getByRole("link", { name: course }).click();
    await main(instructor).getByRole("link", { name: "Add an activity" }).click();
    await instructor.getByLabel("Title").fill("Show it");
    await instructor.getByLabel("Assessment", { exact: true }).check();
    await press(instructor, "Add");
    await instructor.getByLabel("Assessment").selectOption({ label: `All about knots ${code}` });
    await press(instructor, "Save");
    await main(instructor).getByRole("link", { name: course }).click();
    await press(instructor, "Publish");
    await expect(instructor.getByRole("status")).toContainText("It is published");
  });

  await test.step("an admin makes a badge for those who pass", async () => {
    const admin = await as(account("harbour", "admin"));
    await admin.goto("/t/harbour/admin/achievements");
    await main(admin).getByRole("link", { name: "New badge" }).click();
    await admin.getByLabel("Name").fill(`Knots ${code}`);
    await admin.getByLabel("What holders can do").fill("Moors a boat so that it stays.");
    await press(admin, "Create");
    await admin.getByLabel("What it took").fill("Passed an assessment of seven questions.");
    await admin.getByLabel("Condition 1").selectOption({ label: `All about knots ${code}` });
    await press(admin, "Save and publish");
    await expect(admin.getByRole("status")).toContainText("It is published");
  });

  await test.step("a learner finds the course, reads the lesson and answers every question", async () => {
    await learner.goto("/t/harbour");
    await main(learner).getByRole("link", { name: course }).click();
    await press(learner, "Begin this course");
    await main(learner).getByRole("link", { name: "Start" }).click();
    await expect(main(learner)).toContainText("It does not slip");
    await press(learner, "I have read this");
    await press(learner, "Start");
    for (let number = 1; number <= 7; number += 1) {
      const asked = await learner.locator(".question .prompt").innerText();
      const kind = Object.values(kinds).find(({ question }) => asked.includes(question));
      await kind?.answer(learner);
      await main(learner).getByRole("button", { name: number < 7 ? "Save and go on" : "Check your answers" }).first().click();
    }
    await expect(main(learner)).not.toContainText("Not answered");
    await press(learner, "Hand in");
    await expect(main(learner)).toContainText("A person has to mark your work");
  });

  await test.step("an assessor marks the text, without knowing whose it is", async () => {
    const assessor = await as(account("harbour", "assessor"));
    await assessor.goto("/t/harbour/teach/marking");
    await press(assessor, `Mark the next All about knots ${code}`);
    await expect(main(assessor)).toContainText("Round turn, then two half hitches");
    await expect(main(assessor)).not.toContainText(account("harbour", "learner", 7 + own).email.split(/[.@]/)[1]);
    await assessor.getByLabel(/^Safe/).check();
    await assessor.getByLabel("To the learner").fill("Clear, and in the right order.");
    await press(assessor, "Give this mark");
    await expect(assessor.getByRole("status")).toContainText("The mark is given");
  });

  await test.step("the learner hears of it, reads why, and has the badge", async () => {
    await learner.goto(await linkMailed(account("harbour", "learner", 7 + own).email, "/t/harbour/attempts/"));
    await expect(main(learner)).toContainText("8 of 8 points");
    await expect(main(learner)).toContainText("Clear, and in the right order.");
    await expect(async () => {
      await learner.goto("/wallet");
      await expect(main(learner).getByRole("link", { name: `Knots ${code}` })).toBeVisible({ timeout: 200 });
    }).toPass();
  });
});

interface Kind {
  title: string;
  question: string;
  /** Fills in the item's editor. */
  write: (page: Page) => Promise<void>;
  /** Answers it, rightly. */
  answer: (page: Page) => Promise<void>;
}

/** A question of each kind, by the name that the kind has on the page. */
const kinds: Record<string, Kind> = {
  "One right answer": {
    title: "Best for a loop",
    question: "Which knot makes a loop that does not slip?",
    async write(page) {
      await page.getByLabel("Answer 1", { exact: true }).fill("Bowline");
      await page.getByLabel("This is right number 1").check();
      await page.getByLabel("Answer 2", { exact: true }).fill("Slip knot");
      await page.getByLabel("What learners who choose it are told number 2").fill("Its name says what it does.");
    },
    answer: (page) => page.getByLabel("Bowline").check(),
  },
  "Several right answers": {
    title: "Ropes that float",
    question: "Which of these ropes float?",
    async write(page) {
      for (const [at, rope] of ["Polypropylene", "Polyethylene", "Nylon", "Steel wire"].entries()) {
        await page.getByLabel(`Answer ${at + 1}`, { exact: true }).fill(rope);
      }
      await press(page, "Add an answer");
      await page.getByLabel("Answer 5", { exact: true }).fill("Chain");
      await page.getByLabel("This is right number 1").check();
      await page.getByLabel("This is right number 2").check();
    },
    async answer(page) {
      await page.getByLabel("Polypropylene").check();
      await page.getByLabel("Polyethylene").check();
    },
  },
  "A word or a line": {
    title: "The rope's end",
    question: "What is the free end of a rope called?",
    async write(page) {
      await page.getByLabel("Right answer", { exact: true }).fill("tail");
      await page.getByLabel("Also right").fill("working end\nthe tail");
    },
    answer: (page) => page.locator(".question input").fill("Working end"),
  },
  "A number": {
    title: "Length of rope",
    question: "How much rope is 4 turns of 1.5 m each?",
    async write(page) {
      await page.getByLabel("Right answer", { exact: true }).fill("6");
      await page.getByLabel("Unit", { exact: true }).selectOption("It stands beside the field");
      await press(page, "Show the fields for this unit");
      await page.getByLabel("Unit beside the field").fill("m");
    },
    answer: (page) => page.locator(".question input").fill("6.0"),
  },
  "Put in order": {
    title: "Tying up",
    question: "Put the steps of tying up in order.",
    async write(page) {
      // The last two come in the wrong order, and are put right by a button.
      for (const [at, step] of ["Come alongside", "Throw the line", "Coil the rest", "Make fast"].entries()) {
        await page.getByLabel(`Step ${at + 1}`, { exact: true }).fill(step);
      }
      await press(page, "Move up number 4");
      await expect(page.getByLabel("Step 3", { exact: true })).toHaveValue("Make fast");
    },
    async answer(page) {
      for (const [at, step] of ["Come alongside", "Throw the line", "Make fast", "Coil the rest"].entries()) {
        await page.getByLabel(`Place of “${step}”`).fill(`${at + 1}`);
      }
    },
  },
  Match: {
    title: "What for",
    question: "Which knot is for what?",
    async write(page) {
      const pairs = [["Sheet bend", "Joining two ropes"], ["Clove hitch", "Hanging fenders"], ["Figure eight", "Stopping a rope"]];
      for (const [at, [left, right]] of pairs.entries()) {
        await page.getByLabel(`Left side ${at + 1}`, { exact: true }).fill(left);
        await page.getByLabel(`Belongs to ${at + 1}`, { exact: true }).fill(right);
      }
      await page.getByLabel("Counterparts that fit nothing").fill("Catching fish");
    },
    async answer(page) {
      await page.getByLabel("Sheet bend").selectOption("Joining two ropes");
      await page.getByLabel("Clove hitch").selectOption("Hanging fenders");
      await page.getByLabel("Figure eight").selectOption("Stopping a rope");
    },
  },
  "A longer text": {
    title: "Explain it",
    question: "Explain to a new hand how to make a boat fast to a ring.",
    async write(page) {
      await page.getByLabel("Criterion 1", { exact: true }).fill("Order");
      const levels = [["Unsafe", "0", "The boat would drift."], ["Safe", "2", "It holds."]];
      for (const [at, [title, points, text]] of levels.entries()) {
        await page.getByLabel(`Level ${at + 1}`, { exact: true }).fill(title);
        await page.getByLabel(`Points of level ${at + 1}`).fill(points);
        await page.getByLabel(`How work looks at level ${at + 1}`).fill(text);
      }
    },
    answer: (page) => page.locator(".question textarea").fill("Round turn, then two half hitches.\nThen coil the rest."),
  },
};
