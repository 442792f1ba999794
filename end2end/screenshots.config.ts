// `npm run screenshots`: the pictures of README.md, made anew from the demo.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  testDir: "screenshots",
  workers: 1,
  projects: [{ name: "screenshots", use: { viewport: { width: 1200, height: 800 }, colorScheme: "light" } }],
});
