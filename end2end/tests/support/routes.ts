// The routes of the product, as its sources say them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("../../../app/src/pages/", import.meta.url));

/** Every route that answers a GET. */
export const routes: string[] = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".rs"))
  .flatMap((file) => [...readFileSync(join(sources, file), "utf8").matchAll(/\.route\(\s*"([^"]+)",\s*get\(/g)])
  .map(([, route]) => route);

/** The route that answers at an address: the one with the fewest parameters. */
export function routeOf(address: string): string | undefined {
  const { pathname } = new URL(address);
  const parameters = (route: string) => route.split("{").length;
  const fitting = routes.filter((route) => new RegExp(`^${route.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`).test(pathname));
  return fitting.sort((a, b) => parameters(a) - parameters(b))[0];
}
