// An assessment of a test's own, and a badge for it, made by the forms that staff
// use but without drawing a page: the instructor's own journey shows that the
// pages work.

import { randomUUID } from "node:crypto";
import { expect, type APIRequestContext, type Page } from "@playwright/test";
import { hiddenIn, post, type Fields } from "./forms.ts";

/** What a person marks by. */
const RUBRIC = {
  "criterion-0-title": "Order",
  ...rows("criterion-0-level", "title", ["Unsafe", "Safe"]),
  ...rows("criterion-0-level", "points", ["0", "2"]),
  ...rows("criterion-0-level", "text", ["The boat would drift.", "It holds."]),
};

/** What the editor of each kind of question is filled in with. */
const KINDS = {
  "single-choice": { prompt: "Which knot makes a loop that does not slip?", ...rows("choice", "text", ["Bowline", "Slip knot"]), choice: "0" },
  "multiple-choice": {
    prompt: "Which of these ropes float?",
    ...rows("choice", "text", ["Polypropylene", "Polyethylene", "Nylon"]),
    choice: ["0", "1"],
    scoring: "all",
  },
  text: { prompt: "What is the free end of a rope called?", answer: "tail", "ignore-case": "yes" },
  numeric: { prompt: "How many metres are 4 turns of 1.5 m each?", answer: "6", tolerance: "exact", unit: "shown", "unit-shown": "m" },
  order: { prompt: "Put the steps of tying up in order.", ...rows("step", "text", ["Come alongside", "Throw the line", "Make fast"]), scoring: "all" },
  match: {
    prompt: "Which knot is for what?",
    ...rows("pair", "source", ["Sheet bend", "Clove hitch"]),
    ...rows("pair", "target", ["Joining two ropes", "Hanging fenders"]),
    scoring: "share",
  },
  associate: {
    prompt: "Which of these mean the same?",
    ...rows("pair", "source", ["Sheet", "Painter"]),
    ...rows("pair", "target", ["Line that trims a sail", "Line that ties a dinghy"]),
    scoring: "share",
  },
  gaps: {
    prompt: "Fill in what is missing.",
    passage: "Pass the [[1]] through the loop, and leave a tail of [[2]].",
    ...rows("gap", "kind", ["choice", "number"]),
    ...rows("gap", "answer", ["working end", "20"]),
    "gap-0-others": "standing part",
    "gap-1-unit": "cm",
  },
  "gap-match": {
    prompt: "Put the words where they belong.",
    passage: "A [[bowline]] makes a loop, and a [[sheet bend]] joins two ropes.",
    spare: "granny knot",
    scoring: "share",
  },
  hottext: { prompt: "Mark what is wrong.", passage: "A clove hitch [[=never slips]]. It is [[quickly made]].", scoring: "share" },
  slider: { prompt: "What part of its strength does a rope keep in a knot, in percent?", lower: "0", upper: "100", step: "5", answer: "60" },
  "extended-text": { prompt: "Explain to a new hand how to make a boat fast to a ring.", ...RUBRIC },
  upload: { prompt: "Show a boat that you have made fast.", accepts: ["picture", "document"], ...RUBRIC },
} satisfies Record<string, Fields>;

export type Kind = keyof typeof KINDS;

export const EVERY_KIND = Object.keys(KINDS) as Kind[];

/** Adds a competency to harbour, and says how the forms call it. */
export async function newCompetency(instructor: Page): Promise<string> {
  const desk = new Desk(instructor.request);
  const code = `T${randomUUID().slice(0, 8).toUpperCase()}`;
  const framework = await desk.send("/competencies/new", { title: `Knots ${code}`, code });
  await desk.send(`${framework}/new`, { code: `${code}.1`, statement: "Ties the right knot." });
  return desk.option("/items/new", "competency", `${code}.1`);
}

/**
 * Publishes an assessment in harbour with a question of each of the `kinds`, about
 * a competency of its own if it is not said which, and says where it is.
 * `settings` are fields of its editor.
 */
export async function publishAssessment(
  instructor: Page,
  kinds: Kind[],
  settings: Fields = {},
  about?: string,
): Promise<string> {
  const desk = new Desk(instructor.request);
  about ??= await newCompetency(instructor);
  for (const kind of kinds) {
    const head = { title: kind, kind, competency: about, purpose: "assessment", language: "en" };
    const item = await desk.send("/items/new", head);
    await desk.send(item, { ...head, ...KINDS[kind], do: "publish" });
  }
  const title = `Knots ${randomUUID().slice(0, 8)}`;
  const assessment = await desk.send("/assessments/new", { title, mode: "form" });
  await desk.send(assessment, {
    title,
    instructions: "",
    mode: "form",
    "draw-0-competency": about,
    "draw-0-count": `${kinds.length}`,
    cut: "80",
    tries: "",
    cooldown: "",
    unseen: "any",
    layout: "oneItemPerPage",
    feedback: "atEnd",
    ...settings,
    do: "publish",
  });
  return assessment.replace("/teach/", "/");
}

/** Where those who teach find an assessment. */
export const atDesk = (assessment: string) => assessment.replace("/assessments/", "/teach/assessments/");

/** Publishes a badge for those who pass an assessment, and says what it is called. */
export async function publishBadge(admin: Page, assessment: string): Promise<string> {
  const desk = new Desk(admin.request);
  const name = `Knots ${randomUUID().slice(0, 8)}`;
  const about = { name, description: "Moors a boat so that it stays." };
  const badge = await desk.send("/t/harbour/admin/achievements/new", about);
  await desk.send(badge, {
    ...about,
    "criteria-narrative": "Passed an assessment.",
    join: "all",
    "part-0-what": `assessment:${assessment.split("/").at(-1)}`,
    type: "Badge",
    do: "publish",
  });
  return name;
}

/** The forms of those who teach and run a tenant. */
class Desk {
  constructor(private readonly request: APIRequestContext) {}

  /** Sends a form with what the page hides in it, and says where that leads. */
  async send(path: string, fields: Fields): Promise<string> {
    const address = this.address(path);
    const page = await (await this.request.get(address)).text();
    const answer = await post(this.request, address, { ...hiddenIn(page), ...fields });
    expect(answer.status(), `${address}\n${await answer.text()}`).toBe(200);
    return new URL(answer.url()).pathname;
  }

  /** The value of a select's option whose text begins so. */
  async option(path: string, select: string, text: string): Promise<string> {
    const page = await (await this.request.get(this.address(path))).text();
    const options = page.slice(page.indexOf(`<select id="f-${select}"`));
    const option = new RegExp(`<option value="([^"]*)"[^>]*>${text} `).exec(options);
    if (!option) throw new Error(`${path} has nothing in ${select} that begins with ${text}`);
    return option[1];
  }

  private address(path: string): string {
    return path.startsWith("/t/") ? path : `/t/harbour/teach${path}`;
  }
}

function rows(prefix: string, part: string, values: string[]): Fields {
  return Object.fromEntries(values.map((value, row) => [`${prefix}-${row}-${part}`, value]));
}
