// A server of a test's own, which it may kill: the demo in a folder of its own,
// on a port of its own.

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";

export class OwnServer {
  private process?: ChildProcess;

  private constructor(
    readonly url: string,
    private readonly data: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** With the demo, and running. */
  static async start(): Promise<OwnServer> {
    const port = await freePort();
    const data = mkdtempSync(join(tmpdir(), "cairn-"));
    const bind = `127.0.0.1:${port}`;
    const environment = { ...process.env, CAIRN_DATA_DIR: data, CAIRN_BIND: bind, CAIRN_LOG: "error" };
    const server = new OwnServer(`http://${bind}`, data, environment);
    const loaded = spawnSync(cairn(), ["demo"], { env: environment, encoding: "utf8" });
    expect(loaded.status, loaded.stderr).toBe(0);
    await server.run();
    return server;
  }

  async run() {
    this.process = spawn(cairn(), ["serve"], { env: this.environment, stdio: ["ignore", "ignore", "inherit"] });
    await expect
      .poll(() => fetch(`${this.url}/readyz`).then(({ status }) => status, () => 0), { intervals: [50] })
      .toBe(200);
  }

  /** Gives it no chance to tidy up. */
  async kill() {
    const { process } = this;
    if (!process || process.exitCode !== null) return;
    const gone = new Promise((resolve) => process.once("exit", resolve));
    process.kill("SIGKILL");
    await gone;
  }

  async remove() {
    await this.kill();
    rmSync(this.data, { recursive: true });
  }
}

function cairn(): string {
  return process.env.CAIRN_TEST_BINARY ?? "";
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
