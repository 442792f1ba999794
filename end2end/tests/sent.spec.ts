// Work that is no text: a photograph sent from a phone, seen and marked by a
// person who does not learn whose it is.

import { publishAssessment } from "./support/assessment.ts";
import { begin, main, press, sendPhotograph } from "./support/attempt.ts";
import { account } from "./support/demo.ts";
import { linkMailed } from "./support/mail.ts";
import { expect, test } from "./support/people.ts";

test("a photograph is sent, replaced and marked, and nothing typed before is lost on the way", async ({ as }, info) => {
  const [desk, assessor] = await Promise.all([as(account("harbour", "instructor")), as(account("harbour", "assessor"))]);
  const who = account("harbour", "learner", info.project.name === "script" ? 5 : 6);
  const learner = await as(who);
  await begin(learner, await publishAssessment(desk, ["upload", "text"], { layout: "onePage" }));
  await learner.locator(".question input[type=text]").fill("tail");
  await press(learner, "Send a file");

  await learner.getByLabel("Your file").setInputFiles({ name: "words.txt", mimeType: "text/plain", buffer: Buffer.from("I can.") });
  await press(learner, "Send this file");
  await expect(learner.getByRole("alert")).toContainText("Another sort of file is asked for here");
  await sendPhotograph(learner, `${who.email}.png`);
  await expect(learner.getByRole("status").first()).toHaveText("Saved");
  await expect(main(learner).getByRole("img", { name: /^What was sent/ })).toBeVisible();
  await expect(learner.locator(".question input[type=text]")).toHaveValue("tail");
  await press(learner, "Check your answers");
  await expect(main(learner)).not.toContainText("Not answered");
  await press(learner, "Hand in");
  await expect(main(learner)).toContainText("A person has to mark your work");
  const title = /Knots \w+/.exec(await main(learner).innerText())?.[0] ?? "";

  await assessor.goto("/t/harbour/teach/marking");
  await press(assessor, `Mark the next ${title}`);
  const sent = main(assessor).getByRole("img", { name: "What was sent: answer.png" });
  await expect(sent).toBeVisible();
  expect(await sent.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(main(assessor)).not.toContainText(who.email);
  await assessor.getByLabel(/^Safe/).check();
  await press(assessor, "Give this mark");

  const result = learner.url().replace(/^.*(\/t\/.*\/attempts\/[^/?]+).*$/, "$1");
  await learner.goto(await linkMailed(who.email, result));
  await expect(main(learner)).toContainText("3 of 3 points");
  await expect(main(learner).getByRole("img", { name: /^What was sent/ })).toBeVisible();
});
