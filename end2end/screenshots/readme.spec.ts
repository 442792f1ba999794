// What README.md shows of the pages: a learner's, an instructor's, an admin's.

import { writeFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { account } from "../tests/support/demo.ts";
import { expect, test } from "../tests/support/people.ts";
import { inFewColours } from "./png.ts";

/** As GitHub serves it without being asked twice. */
const MOST_BYTES = 120 * 1024;

async function shoot(page: Page, name: string) {
  await page.waitForLoadState("networkidle");
  const picture = inFewColours(await page.screenshot());
  expect(picture.length, name).toBeLessThanOrEqual(MOST_BYTES);
  writeFileSync(new URL(`../../docs/images/${name}.png`, import.meta.url), picture);
}

test("a learner's progress", async ({ as }) => {
  const page = await as(account("harbour", "learner"));
  await page.goto("/t/harbour/progress");
  await shoot(page, "learner");
});

test("an instructor's assessment, with the strength of its rule", async ({ as }) => {
  const page = await as(account("harbour", "instructor"));
  await page.goto("/t/harbour/teach/assessments");
  await page.getByRole("link", { name: "Show it: percentages of amounts" }).click();
  await shoot(page, "instructor");
});

test("an admin's badges", async ({ as }) => {
  const page = await as(account("harbour", "admin"));
  await page.goto("/t/harbour/admin/achievements");
  await page.getByRole("link", { name: "Workplace numeracy" }).first().click();
  await shoot(page, "admin");
});
