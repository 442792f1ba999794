// Every page of the product, found as people find it, by following links: what is
// asked of all of them, and a light first view.

import { type Page } from "@playwright/test";
import { EVERY_KIND, publishAssessment } from "./support/assessment.ts";
import { begin, press, sendPhotograph } from "./support/attempt.ts";
import { type Account, account, demo } from "./support/demo.ts";
import { expectToLookRight } from "./support/looks.ts";
import { expect, test } from "./support/people.ts";
import { routeOf, routes } from "./support/routes.ts";

/** Documents and pictures. */
const NO_PAGES = [
  "/c/{credential}/badge.jwt",
  "/c/{credential}/badge.png",
  "/c/{credential}/badge.svg",
  "/c/{credential}/certificate.pdf",
  "/c/{credential}/proof",
  "/c/{credential}/proof.svg",
  "/.well-known/openid-credential-issuer/t/{tenant}",
  "/.well-known/oauth-authorization-server/t/{tenant}",
  "/oid4vci/{tenant}/token",
  "/oid4vci/{tenant}/nonce",
  "/oid4vci/{tenant}/credential",
  "/oid4vci/{tenant}/notification",
  "/log/{log}/checkpoint",
  "/log/{log}/key",
  "/log/{log}/tile/{*tile}",
  "/status/{list}",
  "/t/{tenant}/achievements/{achievement}/image.png",
  "/t/{tenant}/achievements/{achievement}/image.svg",
  "/t/{tenant}/did.json",
  "/t/{tenant}/attempts/{attempt}/files/{file}/{name}",
  "/t/{tenant}/files/{file}",
  "/t/{tenant}/teach/appeals/{appeal}/files/{file}/{name}",
  "/t/{tenant}/teach/marking/{marking}/files/{file}/{name}",
  "/t/{tenant}/teach/assessments/{assessment}/answers.csv",
  "/wallet/{credential}/badge.json",
];

const ATTEMPT = [
  "/t/{tenant}/assessments/{assessment}",
  "/t/{tenant}/attempts/{attempt}",
  "/t/{tenant}/attempts/{attempt}/check",
  "/t/{tenant}/attempts/{attempt}/file",
  "/t/{tenant}/attempts/{attempt}/result",
  "/t/{tenant}/attempts/{attempt}/appeal",
  "/t/{tenant}/teach/appeals/{appeal}",
  "/t/{tenant}/teach/late/{attempt}",
  "/t/{tenant}/teach/marking/{marking}",
  "/t/{tenant}/teach/regrades/{regrade}",
];

/** The demo has nothing that leads there: a badge without ground, a question with variables, one that was refused. */
const UNMET = [
  "/t/{tenant}/teach/groundless/withdraw",
  "/t/{tenant}/teach/items/{item}/variants",
  "/t/{tenant}/teach/items/import/refused/{refused}",
];

const ACTIVITY = "/t/{tenant}/courses/{course}/{activity}";

interface Walk {
  /** Which routes are walked to. */
  to: (route: string) => boolean;
  /** Addresses to begin at: those that no link leads to, too. */
  from: string[];
}

const rest = routes.filter((route) => ![...NO_PAGES, ...ATTEMPT, ...UNMET].includes(route));
const staff = (route: string) => /\/(teach|admin)(\/|$)/.test(route) || /^\/(operator|styleguide)/.test(route);
const own = (route: string) => /^\/(account|wallet|progress|c\/)|\/(progress|practice)(\/|$)/.test(route) || route === ACTIVITY;

const walks: Record<string, Walk> = {
  visitor: {
    to: (route) => !staff(route) && !own(route),
    from: [
      ...["/", "/setup", "/sign-in", "/sign-up", "/forgot-password", "/check-your-mail", "/verify", "/t/harbour/join"],
      ...["/verify-email?token=x", "/reset-password?token=x", "/invitations/x", "/no-such-page"],
    ],
  },
  learner: { to: own, from: ["/", "/account", "/wallet", "/progress", "/t/harbour/courses/numbers-for-work"] },
  instructor: { to: (route) => /\/teach(\/|$)/.test(route), from: ["/t/harbour/teach", "/t/harbour/teach/groundless"] },
  owner: { to: (route) => /\/admin(\/|$)/.test(route), from: ["/t/harbour/admin"] },
  operator: { to: (route) => /^\/(operator|styleguide)/.test(route), from: ["/operator", "/styleguide"] },
};

for (const [role, { to, from }] of Object.entries(walks)) {
  test(`every page of: ${role}`, async ({ page, as }) => {
    const who = role === "operator" ? demo.operator : role !== "visitor" && account("harbour", role);
    const walker = who ? await as(who) : page;
    const walked = await walk(walker, { to, from });
    expect(rest.filter((route) => to(route) && walked.has(route)).sort()).toEqual(rest.filter(to).sort());
  });
}

test("every page is somebody's", () => {
  expect(rest.filter((route) => !Object.values(walks).some(({ to }) => to(route)))).toEqual([]);
});

/** Follows links from page to page, to one of each route. */
async function walk(page: Page, { to, from }: Walk): Promise<Set<string>> {
  const [looked, met] = [new Set<string>(), new Map<string, number>()];
  const ahead = [...from];
  for (let next = ahead.shift(); next !== undefined; next = ahead.shift()) {
    await page.goto(next);
    const route = routeOf(page.url()) ?? page.url();
    if (looked.has(route) || (!from.includes(next) && !to(route))) continue;
    looked.add(route);
    await expectToLookRight(page, new URL(page.url()).pathname);
    const links = await page.locator("a[href^='/']").evaluateAll<string[], HTMLAnchorElement>((all) => all.map(({ href }) => href));
    for (const link of links) {
      const route = routeOf(link);
      if (!route || NO_PAGES.includes(route) || !to(route)) continue;
      // Behind the one route of activities there are pages of several kinds.
      const times = met.get(route) ?? 0;
      if (times < (route === ACTIVITY ? 6 : 1)) ahead.push(link);
      met.set(route, times + 1);
    }
  }
  return looked;
}

test("an attempt with every kind of question, its result, and its marking", async ({ as }) => {
  const instructor = await as(account("harbour", "instructor"));
  const assessment = await publishAssessment(instructor, EVERY_KIND, { layout: "onePage", "correct-answers": "yes" });
  const page = await as(account("harbour", "learner"));
  await page.goto(assessment);
  await expectToLookRight(page, "before the attempt");
  await begin(page, assessment);
  await expectToLookRight(page, "the attempt");
  await press(page, "Send a file");
  await expectToLookRight(page, "sending a file");
  await sendPhotograph(page, "fast.png");
  await expectToLookRight(page, "the attempt with a file");
  await page.locator("textarea").fill("Round turn, then two half hitches.");
  await press(page, "Check your answers");
  await expectToLookRight(page, "a look over the answers");
  await press(page, "Hand in");
  await expectToLookRight(page, "waiting for a mark");

  const assessor = await as(account("harbour", "assessor"));
  await assessor.goto("/t/harbour/teach/marking");
  const title = (await page.locator("h1").innerText()).split(" ").at(-1) ?? "";
  for (const piece of ["one piece", "another"]) {
    await assessor.getByRole("button", { name: title }).click();
    await expectToLookRight(assessor, `marking ${piece}`);
    await assessor.getByLabel(/^Safe/).check();
    await press(assessor, "Give this mark");
  }
  await page.reload();
  await expectToLookRight(page, "the result");

  await page.getByRole("link", { name: "Ask for a review" }).click();
  await expectToLookRight(page, "asking for a review");
  await page.locator("textarea").fill("Two half hitches are safe.");
  await press(page, "Send the request");
  await expectToLookRight(page, "a result that is looked at again");
  await assessor.goto("/t/harbour/teach/marking");
  await assessor.getByRole("main").locator("a[href*='/teach/appeals/']").last().click();
  await expectToLookRight(assessor, "an appeal");
});

test("a question that is put right", async ({ as }) => {
  const page = await as(account("harbour", "instructor"));
  const follow = (link: string) => page.getByRole("main").locator(`a[href*='${link}']`).first().click();
  await page.goto("/t/harbour/teach/assessments");
  await page.getByRole("main").getByRole("link", { name: /^Check: / }).first().click();
  await follow("/answers");
  await follow("/answers/");
  await page.getByRole("link", { name: "Regrade this question" }).click();
  await page.getByLabel("Drop the question").check();
  await page.getByLabel("What learners are told").fill("Its wording was unclear.");
  await page.getByLabel("Reason for the record").fill("Two readings.");
  await press(page, "See what would change");
  await expect(page.getByRole("button", { name: "Apply this regrade" })).toBeVisible({ timeout: 30_000 });
  await expectToLookRight(page, "what a regrade would change");
  await press(page, "Give it up");
});

test("what is said of a badge, and a form that came back", async ({ as }) => {
  const { id, holder } = demo.credentials[0];
  const page = await as({ ...account("harbour", "learner"), email: holder });
  const badge = await (await page.request.get(`/wallet/${id}/badge.json`)).text();
  await page.goto("/verify");
  await page.locator("[name=badge]").fill(badge);
  await page.getByRole("main").locator("form button").click();
  await expect(page.locator(".verdict")).toBeVisible();
  await expectToLookRight(page, "a verdict");
  await page.goto("/verify");
  await page.locator("[name=badge]").fill("{");
  await page.getByRole("main").locator("form button").click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await expectToLookRight(page, "a form that came back");
});

/** What a first view may cost on the wire, in bytes: the page with all it shows, and its islands. */
const BUDGET = { page: 30 * 1024, islands: 150 * 1024 };

interface FirstView {
  /** Who looks; without it, a visitor. */
  who?: Account;
  /** Where to: an address, or the way there. */
  at: string | ((page: Page, as: (who: Account) => Promise<Page>) => Promise<string>);
  /** Whether islands wake on it; elsewhere none may be fetched. */
  islands?: true;
}

const learner = account("harbour", "learner");
const badge = demo.credentials[0];
const COURSE = "/t/harbour/courses/numbers-for-work";

const firstViews: Record<string, FirstView> = {
  "a tenant's home": { at: "/t/harbour" },
  "a course": { who: learner, at: COURSE },
  "a lesson": {
    who: learner,
    at: async (page) => {
      await page.goto(COURSE);
      return (await page.locator(`main a[href^="${COURSE}/"]`).first().getAttribute("href")) ?? "";
    },
  },
  "a public badge": { who: { ...learner, email: badge.holder }, at: `/c/${badge.id}` },
  "one's progress": { who: learner, at: "/progress" },
  "one's wallet": { who: { ...learner, email: badge.holder }, at: "/wallet" },
  "an attempt": {
    who: learner,
    islands: true,
    at: async (page, as) => {
      await begin(page, await publishAssessment(await as(account("harbour", "instructor")), EVERY_KIND));
      return page.url();
    },
  },
};

for (const [name, { who, at, islands }] of Object.entries(firstViews)) {
  test(`a light first view: ${name}`, async ({ page: visitor, as }) => {
    const page = who ? await as(who) : visitor;
    const address = typeof at === "string" ? at : await at(page, as);
    const cost = await firstView(page, address);
    expect(cost.page).toBeLessThanOrEqual(BUDGET.page);
    expect(cost.islands).toBeLessThanOrEqual(islands ? BUDGET.islands : 0);
  });
}

/** The bytes that come when nothing has been kept from before. */
async function firstView(page: Page, address: string) {
  await page.goto("about:blank");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const cost = { page: 0, islands: 0 };
  const ofIslands = new Set<string>();
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (/\/cairn\.(js|wasm)$/.test(new URL(request.url).pathname)) ofIslands.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    cost[ofIslands.has(requestId) ? "islands" : "page"] += encodedDataLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  return cost;
}
