// With script, what a learner types saves itself. Nothing is lost on the way,
// whatever happens.

import { type Page } from "@playwright/test";
import { begin, press, typed } from "./support/attempt.ts";
import { publishAssessment } from "./support/assessment.ts";
import { account } from "./support/demo.ts";
import { expect, signIn, test } from "./support/people.ts";
import { OwnServer } from "./support/server.ts";

const status = (page: Page, text: string | RegExp) => page.getByRole("status").filter({ hasText: text });
/** The script has come, and saves. */
const ready = (page: Page) => expect(status(page, "Saves as you type")).toBeVisible();
const saved = (page: Page) => status(page, /^Saved \d/);
const learner = account("harbour", "learner");

test("what is typed saves itself, and is there when the page is loaded again", async ({ as }) => {
  const page = await as(learner);
  await begin(page, await publishAssessment(await as(account("harbour", "instructor")), ["text", "text"]));
  await typed(page).fill("tail");
  await expect(saved(page)).toBeVisible();
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

  await typed(other).fill("typed on an old page");
  await expect(status(other, "A newer answer from another window is kept")).toBeVisible();
  await press(untouched, "Save and go on");
  await one.reload();
  await expect(typed(one)).toHaveValue("the newest");
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
