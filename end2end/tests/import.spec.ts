// A question bank of another system: each question says what became of it, and what
// was refused is tried again or forgotten.

import { randomUUID } from "node:crypto";
import { press } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { expectToLookRight } from "./support/looks.ts";
import { expect, test } from "./support/people.ts";

test("a bank is brought in, and what was refused of it is kept with its reason", async ({ as }, info) => {
  const look = async (what: string) => {
    // What looks needs script.
    if (info.project.name === "script") await expectToLookRight(page, what);
  };
  const name = `Tides ${randomUUID().slice(0, 8)}`;
  const question = (kind: string, title: string) =>
    `<question type="${kind}"><name><text>${title}</text></name>
     <questiontext format="html"><text>Is ${title} high?</text></questiontext>
     <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>`;
  const bank = `<quiz>${question("truefalse", name)}${question("ddmarker", `${name} on a map`)}</quiz>`;

  const page = await as(account("harbour", "instructor"));
  await page.goto("/t/harbour/teach/items/import");
  await page.getByLabel("Competency").selectOption("NUM.PCT.1");
  const file = { name: "tides.xml", mimeType: "text/xml", buffer: Buffer.from(bank) };
  await page.locator("[name=file]").setInputFiles(file);
  await press(page, "Bring them in");
  await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  await expect(page.locator("main")).toContainText("It is a kind of question that there is not here");
  await look("what became of each question");

  await page.goto("/t/harbour/teach/items/import/refused");
  await page.getByRole("link", { name: `${name} on a map` }).click();
  await look("a refused question");
  await press(page, "Try again");
  await expect(page.getByRole("status")).toContainText("It was refused again");
  await press(page, "Forget it");
  await expect(page.getByRole("link", { name: `${name} on a map` })).toHaveCount(0);
});
