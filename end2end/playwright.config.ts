import { defineConfig } from "@playwright/test";

// scripts/end2end.sh starts the server, loads the demo, and says where it is.
const baseURL = process.env.CAIRN_TEST_URL;
if (!baseURL) throw new Error("CAIRN_TEST_URL is not set: run scripts/end2end.sh");

// Debian's browser; it may reach nothing but the server under test.
const launchOptions = {
  executablePath: process.env.CAIRN_TEST_BROWSER ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
  ],
};

export default defineConfig({
  testDir: "tests",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  reporter: [["list"]],
  // A guard against hanging, not a measure: machines differ.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  use: { baseURL, launchOptions, actionTimeout: 10_000, trace: "retain-on-failure" },
  projects: [
    { name: "script", use: { javaScriptEnabled: true } },
    // What needs script has "script" in its name.
    { name: "no script", use: { javaScriptEnabled: false }, testIgnore: "*.script.spec.ts" },
  ],
});
