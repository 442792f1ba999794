// Answering what the site asks, with the knowledge of those who wrote it: the key
// never reaches the browser, so it comes from the demo's content.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { type Locator, type Page } from "@playwright/test";

interface Item {
  prompt: string;
  kind: string;
  choices?: { text: string; correct?: boolean }[];
  accepted?: string[];
  answer?: number;
  units?: { unit: string; factor: number }[];
  sequence?: string[];
  pairs?: { left: string; right: string }[];
  passage?: string;
  gaps?: { answer: string | number; others?: string[] }[];
}

/** The items of a tenant of the demo, which know what is right. */
export function itemsOf(slug: string): Item[] {
  const folder = fileURLToPath(new URL(`../../../server/demo/${slug}/items/`, import.meta.url));
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(folder + file, "utf8").replaceAll("\r\n", "\n");
    return parse(text).item as unknown as Item[];
  });
}

/** Answers the question on the page rightly. */
export async function answerRightly(page: Page, items: Item[]) {
  const question = page.locator(".question");
  const asked = letters(await question.locator(".prompt > div").innerText());
  const item = items.find((item) => letters(withoutPictures(item.prompt)) === asked);
  if (!item) throw new Error(`no item asks: ${asked}`);
  await fill(question, item);
}

async function fill(question: Locator, item: Item) {
  for (const choice of item.choices ?? []) {
    if (choice.correct) await question.getByLabel(plain(choice.text), { exact: true }).check();
  }
  for (const [at, step] of (item.sequence ?? []).entries()) {
    const text = question.page().getByText(plain(step), { exact: true });
    await question.locator(".order > li").filter({ has: text }).locator("input").fill(`${at + 1}`);
  }
  for (const [at, { left, right }] of (item.pairs ?? []).entries()) {
    if (item.kind === "associate") {
      await question.getByLabel(`Pair ${at + 1}: first`).selectOption({ label: plain(left) });
      await question.getByLabel(`Pair ${at + 1}: second`).selectOption({ label: plain(right) });
      continue;
    }
    await question.getByLabel(plain(left), { exact: true }).selectOption({ label: plain(right) });
  }
  for (const [at, { answer, others }] of (item.gaps ?? []).entries()) {
    const gap = question.getByLabel(`Gap ${at + 1}`, { exact: true });
    await (others ? gap.selectOption({ label: plain(`${answer}`) }) : gap.fill(`${answer}`));
  }
  for (const [at, part] of partsOf(item.passage ?? "").entries()) {
    if (item.kind === "gap-match") {
      await question.getByLabel(`Gap ${at + 1}`, { exact: true }).selectOption({ label: plain(part) });
    }
    if (item.kind === "hottext" && part.startsWith("=")) {
      await question.getByLabel(plain(part.slice(1)), { exact: true }).check();
    }
  }
  const unit = item.units?.find(({ factor }) => factor === 1);
  const typed = item.accepted?.[0] ?? (unit ? `${item.answer} ${unit.unit}` : item.answer?.toString());
  if (typed !== undefined) await question.getByRole("textbox").fill(typed);
}

/** What stands in a text's double brackets. */
function partsOf(passage: string): string[] {
  return [...passage.matchAll(/\[\[(.*?)\]\]/g)].map(([, part]) => part.trim());
}

/** A line of Markdown as it reads on the page. */
function plain(markdown: string): string {
  return markdown.replaceAll(/[*_`]/g, "").trim();
}

function withoutPictures(markdown: string): string {
  return markdown.replaceAll(/!\[[^\]]*\]\([^)]*\)/g, "");
}

/** What remains when neither Markdown nor layout counts. */
function letters(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
}
