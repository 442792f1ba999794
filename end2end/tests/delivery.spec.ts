// How an assessment is delivered: one answer at a time, with a code and a promise,
// within a window, and with breaks for who may take them.

import { atDesk, publishAssessment } from "./support/assessment.ts";
import { begin, press, typed } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { expect, test } from "./support/people.ts";

const instructor = account("harbour", "instructor");

for (const layout of ["oneItemPerPage", "onePage"]) {
  test(`where answers stand at once, the last one leads to handing in (${layout})`, async ({ as }) => {
    const page = await as(account("harbour", "learner"));
    await begin(page, await publishAssessment(await as(instructor), ["text", "text"], { feedback: "atOnce", layout }));
    await typed(page).fill("tail");
    await press(page, "Answer");
    await page.getByRole("main").getByRole("link", { name: "Next question" }).click();
    await expect(page.locator(".question")).toHaveCount(1);
    await expect(page.locator(".question")).toContainText("Question 2 of 2");
    await typed(page).fill("rope");
    await press(page, "Answer");
    await page.getByRole("main").getByRole("link", { name: "Next question" }).click();
    await press(page, "Hand in");
    await expect(page.getByRole("main")).toContainText("1 of 2 points");
  });
}

test("an attempt asks for the code and the promise, and keeps what was typed", async ({ as }) => {
  const page = await as(account("harbour", "learner"));
  const desk = await as(instructor);
  const assessment = await publishAssessment(desk, ["text"], { honour: "This is **my own** work." });
  await desk.goto(`${atDesk(assessment)}/delivery`);
  await desk.getByLabel("Access code").fill("Grey Heron 7");
  await press(desk, "Save");
  await expect(desk.getByRole("status")).toContainText("It holds from now on");
  await expect(desk.getByLabel("Access code")).toHaveValue("Grey Heron 7");

  await page.goto(assessment);
  await page.getByLabel("Access code").fill("grey goose");
  await press(page, "Start");
  await expect(page.getByRole("alert")).toContainText("This is not the code");
  await expect(page.getByRole("alert")).toContainText("Tick that you agree");
  await expect(page.getByLabel("Access code")).toHaveValue("grey goose");
  await page.getByLabel("Access code").fill("grey heron 7");
  await page.getByLabel("I agree to this").check();
  await press(page, "Start");
  await expect(page.locator(".question")).toContainText("Question 1 of 1");
});

test("a window that would close before it opens is sent back, and one in the future is waited for", async ({ as }) => {
  const page = await as(account("harbour", "learner"));
  const desk = await as(instructor);
  const assessment = await publishAssessment(desk, ["text"]);
  await desk.goto(`${atDesk(assessment)}/delivery`);
  await desk.getByLabel("Opens").fill("2100-03-01T09:00");
  await desk.getByLabel("Closes").fill("2100-03-01T08:00");
  await press(desk, "Save");
  await expect(desk.getByRole("alert")).toContainText("It would close before it opens");
  await desk.getByLabel("Closes").fill("2100-03-01T10:00");
  await press(desk, "Save");
  await expect(desk.getByRole("status")).toContainText("It holds from now on");
  await page.goto(assessment);
  await expect(page.getByRole("main")).toContainText("It opens on 1 March 2100");
  await expect(page.getByRole("main").getByRole("button", { name: "Start" })).toHaveCount(0);
});

test("who may stop the clock sees no question meanwhile, and goes on with what was typed", async ({ as }, info) => {
  const one = account("harbour", "learner", info.project.name === "script" ? 3 : 4);
  const admin = await as(account("harbour", "admin"));
  await admin.goto(`/t/harbour/admin/people?search=${encodeURIComponent(one.email)}`);
  await admin.getByRole("main").getByRole("link", { name: /./ }).and(admin.locator("a[href*='/admin/people/']")).first().click();
  await admin.getByRole("link", { name: "Extra time and breaks" }).click();
  await admin.getByLabel("Extra time, in percent of the time limit").fill("50");
  await admin.getByLabel("Breaks, in minutes of one attempt").fill("5");
  await press(admin, "Save");
  await expect(admin.getByRole("status")).toContainText("none of them loses time");

  const page = await as(one);
  const assessment = await publishAssessment(await as(instructor), ["text"], { minutes: "10" });
  await page.goto(assessment);
  await expect(page.getByRole("main")).toContainText("You have 5 minutes more than this time limit");
  await begin(page, assessment);
  await typed(page).fill("tail");
  await press(page, "Stop the clock (5 minutes left)");
  await expect(page.getByRole("heading", { name: "The clock stands still" })).toBeVisible();
  await expect(page.locator(".question")).toHaveCount(0);
  await page.reload();
  await expect(page.locator(".question")).toHaveCount(0);
  await press(page, "Go on");
  await expect(typed(page)).toHaveValue("tail");
});

test("where there is no way back, a question that was left is not seen again", async ({ as }) => {
  const page = await as(account("harbour", "learner"));
  await begin(page, await publishAssessment(await as(instructor), ["text", "numeric"], { linear: "yes" }));
  await expect(page.getByRole("main")).toContainText("you cannot come back to this question");
  await expect(page.getByRole("main").getByRole("button", { name: "Back" })).toHaveCount(0);
  const first = (await page.locator(".question .prompt").innerText()).trim();
  await typed(page).fill("6");
  await press(page, "Save and go on");
  await expect(page.locator(".question")).toContainText("Question 2 of 2");
  await page.goto(page.url().replace("q=2", "q=1"));
  await expect(page.locator(".question")).toContainText("Question 2 of 2");
  await expect(page.locator(".question")).not.toContainText(first);
  await press(page, "Check your answers");
  await expect(page.getByRole("link", { name: /^Change/ })).toHaveCount(1);
  await press(page, "Hand in");
  await expect(page.getByRole("heading", { name: /^Result/ })).toBeVisible();
});
