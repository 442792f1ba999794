// What a learner does at an assessment.

import { expect, type Page } from "@playwright/test";

/** The field of a question that is answered by typing. */
export const typed = (page: Page) => page.locator(".question input[type=text], .question textarea");

/** What the page is about, without what frames it. */
export const main = (page: Page) => page.getByRole("main");

export async function press(page: Page, name: string) {
  await main(page).getByRole("button", { name, exact: true }).first().click();
}

/** Begins an attempt. */
export async function begin(page: Page, assessment: string) {
  await page.goto(assessment);
  await press(page, "Start");
  await expect(page.locator(".question").first()).toContainText("Question 1 of");
}

/** The smallest picture there is: one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

/** Sends a photograph, on the page that takes it. */
export async function sendPhotograph(page: Page, name: string) {
  await page.getByLabel("Your file").setInputFiles({ name, mimeType: "image/png", buffer: PIXEL });
  await press(page, "Send this file");
}
