// With script, what a learner types saves itself. Nothing is lost on the way,
// whatever happens.

import { type Page } from "@playwright/test";
import { begin, main, press, typed } from "./support/attempt.ts";
import { publishAssessment } from "./support/assessment.ts";
import { account } from "./support/demo.ts";
import { expectToLookRight } from "./support/looks.ts";
import { expect, signIn, test } from "./support/people.ts";
import { OwnServer } from "./support/server.ts";

const status = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
/** The script has come, and saves. */
const ready = (page: Page) => expect(status(page, "Saves as you type")).toBeVisible();
/** The last change is saved. Its time is to be seen only: heard again and again, it would be a nuisance. */
const saved = (page: Page) => page.locator(".attempt-bar .tag").filter({ hasText: /^Saved \d/ });
const learner = account("harbour", "learner");

test("what is typed saves itself, and is there when the page is loaded again", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await typed(page).fill("tail");
  await expect(saved(page)).toBeVisible();
  await expect(status(page, /^Saved$/)).toBeVisible();
  await page.reload();
  await expect(typed(page)).toHaveValue("tail");

  // Loaded again before there was time to save.
  await typed(page).fill("working end");
  await page.reload();
  await expect(typed(page)).toHaveValue("working end");
  await expect(saved(page)).toBeVisible();
  const elsewhere = await as(learner);
  await elsewhere.goto(page.url());
  await expect(typed(elsewhere), "the server has it").toHaveValue("working end");
});

test("what is typed before the script has come saves itself when it comes", async ({ as }) => {
  const page = await as(learner);
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await typed(page).fill("typed early");
  release();
  await expect(saved(page)).toBeVisible();
  await page.unrouteAll();
  await page.reload();
  await expect(typed(page)).toHaveValue("typed early");
});

test("rows moved by their buttons keep their order, each as far as it can go", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["order"]));
  const rows = page.locator(".order > li");
  const texts = await rows.locator("> span:not(.buttons)").allInnerTexts();
  const down = page.getByRole("button", { name: `Move “${texts[0]}” down` });
  await ready(page);
  await down.click();
  await down.click();
  await expect(down, "it is the last now").toBeDisabled();
  await expect(page.getByRole("button", { name: `Move “${texts[0]}” up` })).toBeFocused();
  await page.reload();
  await expect(rows.locator("> span:not(.buttons)")).toHaveText([texts[1], texts[2], texts[0]]);
  await expect(saved(page)).toBeVisible();
  await page.getByRole("button", { name: `Move “${texts[0]}” up` }).click();
  const places = await rows.locator("input").evaluateAll<string[], HTMLInputElement>((fields) => fields.map(({ value }) => value));
  expect(places).toEqual(["1", "2", "3"]);
  await expect(rows.locator("> span:not(.buttons)")).toHaveText([texts[1], texts[0], texts[2]]);
});

test("a move begins from the places that were typed", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["order"]));
  const rows = page.locator(".order > li");
  const texts = await rows.locator("> span:not(.buttons)").allInnerTexts();
  await ready(page);
  for (const [at, place] of ["3", "1", "2"].entries()) await rows.nth(at).locator("input").fill(place);
  const up = page.getByRole("button", { name: `Move “${texts[2]}” up` });
  await up.click();
  await expect(rows.locator("> span:not(.buttons)")).toHaveText([texts[2], texts[1], texts[0]]);
  const places = await rows.locator("input").evaluateAll<string[], HTMLInputElement>((fields) => fields.map(({ value }) => value));
  expect(places).toEqual(["1", "2", "3"]);
});

test("a number set on its scale is written down and saved, and one that is written down sets the scale", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["slider"]));
  const [scale, field] = [page.getByRole("slider"), typed(page)];
  await field.fill("40");
  await expect(scale).toHaveValue("40");
  await scale.press("ArrowRight");
  await expect(field).toHaveValue("45");
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue("45");
  await expect(scale).toHaveValue("45");
});

test("another window shows the same, and does not overwrite what is newer", async ({ as }) => {
  const one = await as(learner);
  await begin(one, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  const untouched = await one.context().newPage();
  await untouched.goto(one.url());
  await typed(one).fill("tail");
  await expect(saved(one)).toBeVisible();
  const other = await one.context().newPage();
  await other.goto(one.url());
  await expect(typed(other)).toHaveValue("tail");

  await typed(one).fill("the newest");
  await expect(saved(one)).toBeVisible();
  await one.reload();
  await expect(typed(one)).toHaveValue("the newest");

  await typed(other).pressSequentially(", typed on an old page key by key");
  await expect(status(other, "A newer answer from another window is kept")).toBeVisible();
  await press(untouched, "Save and go on");
  await one.reload();
  await expect(typed(one)).toHaveValue("the newest");
});

test("whoever has typed on an old page sees both answers and chooses", async ({ as }) => {
  const one = await as(learner);
  await begin(one, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  const other = await as(learner);
  await other.goto(one.url());
  await ready(other);
  await typed(one).fill("the newest");
  await expect(saved(one)).toBeVisible();

  await typed(other).fill("typed on an old page");
  const both = other.getByText("This question has two answers");
  await expect(both).toBeVisible();
  await expect(other.getByText("You see the one that was typed here")).toBeVisible();
  await other.getByRole("button", { name: "See the other one" }).press("Enter");
  await expect(typed(other)).toHaveValue("the newest");
  await expect(other.getByText("You see the newer one")).toBeVisible();
  await other.getByRole("button", { name: "See the other one" }).press("Enter");
  await expect(typed(other)).toHaveValue("typed on an old page");
  await one.reload();
  await expect(typed(one), "nothing is chosen yet").toHaveValue("the newest");

  await other.getByRole("button", { name: "Keep this one" }).press("Enter");
  await expect(both).toBeHidden();
  await expect(typed(other)).toBeFocused();
  await expect(saved(other)).toBeVisible();
  await one.reload();
  await expect(typed(one)).toHaveValue("typed on an old page");
});

test("what was typed without a connection is there beside what was answered elsewhere since", async ({ as }) => {
  const phone = await as(learner);
  await begin(phone, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await ready(phone);
  await phone.context().setOffline(true);
  await typed(phone).pressSequentially("typed on the way");
  await expect(status(phone, "no connection")).toBeVisible();
  const laptop = await as(learner);
  await laptop.goto(phone.url());
  await typed(laptop).fill("at home");
  await expect(saved(laptop)).toBeVisible();

  // The page is put away before there is a connection again.
  const address = phone.url();
  await phone.close();
  await phone.context().setOffline(false);
  const again = await phone.context().newPage();
  await again.goto(address);
  await expect(again.getByText("This question has two answers")).toBeVisible();
  await expect(typed(again)).toHaveValue("at home");
  await again.getByRole("button", { name: "See the other one" }).click();
  await expect(typed(again)).toHaveValue("typed on the way");
  await again.reload();
  await expect(again.getByText("This question has two answers"), "it waits until it is chosen").toBeVisible();
  await again.getByRole("button", { name: "Keep this one" }).click();
  await again.reload();
  await expect(typed(again)).toHaveValue("at home");
  await expect(again.getByText("This question has two answers")).toBeHidden();
});

test("a button pressed before there was time to save leaves no second answer", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["numeric", "numeric"]));
  await ready(page);
  // Stored, it is written in another way.
  await typed(page).fill("6 ");
  await press(page, "Save and go on");
  await expect(page.locator(".question")).toContainText("Question 2 of 2");
  await expect(status(page, /^Sav/)).toBeVisible();
  await expect(status(page, "two answers")).toHaveCount(0);
  await press(page, "Back");
  await expect(typed(page)).toHaveValue("6");
  await ready(page);
  await expect(page.getByText("This question has two answers")).toBeHidden();
});

test("of one question, a save is sent when the one before it has been answered", async ({ as }) => {
  const page = await as(learner);
  await page.clock.install();
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await ready(page);
  const seen: string[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/save-answer", async (route) => {
    seen.push("sent");
    await released;
    await route.continue();
  });
  page.on("response", (answer) => {
    if (answer.url().endsWith("/api/save-answer")) seen.push("answered");
  });
  await typed(page).fill("the first");
  await page.clock.runFor(2_000);
  await expect.poll(() => seen).toEqual(["sent"]);
  await typed(page).fill("the second");
  await page.clock.runFor(2_000);
  release();
  await expect(saved(page)).toBeVisible();
  await expect.poll(() => seen).toEqual(["sent", "answered", "sent", "answered"]);
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(typed(page)).toHaveValue("the second");
  await expect(page.getByText("This question has two answers")).toBeHidden();
});

test("a clock that somebody has closed stays closed from question to question", async ({ as }) => {
  const page = await as(account("harbour", "learner", 8));
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "numeric"], { minutes: "30" }));
  const time = page.locator(".clock .time");
  await expect(time).toHaveText(/^(30:00|29:\d\d)$/);
  await ready(page);
  await page.locator(".clock summary").click();
  await expect(time).toBeHidden();
  await press(page, "Save and go on");
  await expect(page.locator(".question")).toContainText("Question 2 of 2");
  await expect(time).toHaveText(/^(30:00|29:\d\d)$/);
  await expect(time).toBeHidden();
  await page.locator(".clock summary").click();
  await page.reload();
  await expect(time).toBeVisible();
});

test("a long essay in any script saves itself", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["extended-text"]));
  await ready(page);
  const essay = "\u5ddd".repeat(50_000);
  await page.locator("textarea").fill(essay);
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(page.locator("textarea")).toHaveValue(essay);
});

test("without a connection, what is typed waits, and is sent when there is one again", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await ready(page);
  await page.context().setOffline(true);
  await typed(page).fill("tail");
  await expect(status(page, "no connection")).toBeVisible();
  await press(page, "Save and go on");
  await expect(typed(page), "the page stays where something can be kept").toHaveValue("tail");

  await page.context().setOffline(false);
  await expect(saved(page)).toBeVisible();
  const elsewhere = await as(learner);
  await elsewhere.goto(page.url());
  await expect(typed(elsewhere)).toHaveValue("tail");
});

test("a server that is killed and comes back has lost nothing", async ({ browser }) => {
  const server = await OwnServer.start();
  try {
    const context = await browser.newContext({ baseURL: server.url });
    const [page, instructor] = [await context.newPage(), await (await browser.newContext({ baseURL: server.url })).newPage()];
    await signIn(instructor, account("harbour", "instructor"));
    await signIn(page, learner);
    await begin(page, await publishAssessment(instructor, ["text", "text"]));
    await typed(page).fill("tail");
    await expect(saved(page)).toBeVisible();
    await press(page, "Save and go on");
    await typed(page).fill("first thought");
    await expect(saved(page)).toBeVisible();

    await server.kill();
    await typed(page).fill("tail");
    await expect(status(page, "no connection")).toBeVisible();
    await server.run();
    await expect(saved(page)).toBeVisible();

    await press(page, "Check your answers");
    await press(page, "Hand in");
    await expect(page.getByRole("main")).toContainText("2 of 2 points");
  } finally {
    await server.remove();
  }
});

test("what was typed without a connection before the time was up is kept when it comes late", async ({ as }) => {
  // The shortest time that an assessment can have, and how long it takes to be closed.
  test.setTimeout(240_000);
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"], { minutes: "1" }));
  await ready(page);
  await page.context().setOffline(true);
  await typed(page).fill("tail");
  await expect(status(page, "no connection")).toBeVisible();
  await expect(status(page, "Your time is up"), "nothing is lost to a reload without a connection").toBeVisible({ timeout: 90_000 });
  await expect(typed(page)).toHaveValue("tail");

  const elsewhere = await as(learner);
  const closed = async () => {
    await elsewhere.goto(page.url());
    return new URL(elsewhere.url()).pathname;
  };
  await expect.poll(closed, { timeout: 90_000 }).toMatch(/\/result$/);
  await page.context().setOffline(false);
  await expect(page).toHaveURL(/\/result$/, { timeout: 30_000 });
  await expect(page.getByRole("main")).toContainText(/question 1 came (late|when the time was up)/);
  await page.reload();
  await expect(page.getByRole("main")).toContainText("An answer to question 1 came late");
  await expect(page.getByRole("main")).toContainText("a person decides whether it counts");
  await expectToLookRight(page, "a result with a late answer");

  const title = /Knots \w+/.exec(await main(page).innerText())?.[0] ?? "";
  const assessor = await as(account("harbour", "assessor"));
  await assessor.goto("/t/harbour/teach/marking");
  await main(assessor).getByRole("row", { name: title }).getByRole("link").click();
  await expectToLookRight(assessor, "an answer that came late");
  await assessor.getByLabel("It counts, in place of what was handed in").check();
  await assessor.getByLabel("Why?").fill("The network was away.");
  await press(assessor, "Decide");
  await expect(main(assessor)).toContainText("The late answer counts");
  await page.reload();
  await expect(main(page)).toContainText("1 of 2 points");
});
