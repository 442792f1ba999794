// What is asked of every page, whatever it is about.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/**
 * One heading of the first rank, no fault that axe knows, nothing that runs out
 * of a narrow screen, and a mark at whatever has the focus; in light and dark.
 */
export async function expectToLookRight(page: Page, name: string) {
  // Colours that are still on their way are nobody's colours.
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 320, height: 700 });
  await expect.soft(page.locator("h1"), name).toHaveCount(1);
  expect.soft(await overflow(page), `${name}: wider than 320 px`).toBeLessThanOrEqual(0);
  expect.soft(await faults(new AxeBuilder({ page })), name).toEqual([]);
  expect.soft(await unmarked(page), `${name}: no mark at the focus`).toEqual([]);

  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 1280, height: 800 });
  expect.soft(await overflow(page), `${name}: wider than 1280 px`).toBeLessThanOrEqual(0);
  expect.soft(await faults(new AxeBuilder({ page }).withRules("color-contrast")), `${name}, dark`).toEqual([]);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function faults(builder: AxeBuilder): Promise<string[]> {
  // There are no frames, so one page is enough to run in.
  const { violations } = await builder.setLegacyMode(true).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What shows no outline, on itself or on its label, when the keyboard has led to it. */
async function unmarked(page: Page): Promise<string[]> {
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const all = "a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary";
    const hasMark = (element: Element | null) => {
      if (!element) return false;
      const style = getComputedStyle(element);
      return style.outlineStyle !== "none" && style.outlineWidth !== "0px";
    };
    return [...document.querySelectorAll<HTMLElement>(all)]
      .filter((element) => element.tabIndex >= 0 && element.checkVisibility())
      .filter((element) => {
        element.focus();
        return document.activeElement === element && !hasMark(element) && !hasMark(element.closest("label"));
      })
      .map((element) => element.outerHTML.slice(0, 200));
  });
}
