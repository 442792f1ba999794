// People at their browsers. Each signs in once for all tests of a worker: trying
// passwords is limited per address, and a class behind one address is no exception.

import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { type Account } from "./demo.ts";

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;

interface Tests {
  /** A page of a browser in which that person is signed in. */
  as: (account: Account) => Promise<Page>;
  /** Whether the browser runs script. */
  withScript: boolean;
}

interface Workers {
  states: Map<string, State>;
}

export const test = base.extend<Tests, Workers>({
  states: [async ({}, use) => use(new Map()), { scope: "worker" }],

  withScript: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled ?? true),

  as: async ({ browser, states }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (account) => {
      const context = await browser.newContext({ storageState: states.get(account.email) });
      contexts.push(context);
      const page = await context.newPage();
      if (!states.has(account.email)) {
        await signIn(page, account);
        states.set(account.email, await context.storageState());
      }
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

export async function signIn(page: Page, { email, password }: { email: string; password: string }) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button").click();
  await expect(page).not.toHaveURL(/sign-in/);
}

export { expect };
