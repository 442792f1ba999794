// `cairn vc-api` and software of others, each judging what the other signed. No page is
// looked at: once is enough.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { issue, present, verifyCredential, verifyPresentation } from "../outside/presenter.mjs";
import { expect, test } from "./support/people.ts";

const binary = process.env.CAIRN_TEST_BINARY ?? "";
const suites = ["eddsa-rdfc-2022", "eddsa-jcs-2022"] as const;
const asked = { challenge: "8f1c-otter", domain: "employer.example" };
const credential = {
  "@context": ["https://www.w3.org/ns/credentials/v2"],
  type: ["VerifiableCredential"],
  issuer: "did:example:weir",
  credentialSubject: { id: "did:example:otter", name: "Otter" },
};

let server: ChildProcess;
let base = "";

test.beforeAll(async () => {
  server = spawn(binary, ["vc-api", "--bind", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
  if (!server.stdout) throw new Error("it says nothing");
  for await (const line of createInterface(server.stdout)) {
    base = /http:\S+$/.exec(line)?.[0] ?? "";
    if (base) break;
  }
});

test.afterAll(() => {
  server.kill();
});

async function ask(path: string, body: object) {
  const answer = await fetch(`${base}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

for (const suite of suites) {
  test(`credentials of ${suite} hold on either side, and changed ones do not`, async () => {
    const { status, body } = await ask("/credentials/issue", { credential, options: { cryptosuite: suite } });
    expect(status).toBe(201);
    const ours = body.verifiableCredential;
    expect(await verifyCredential(ours, suite)).toEqual({ verified: true, why: "" });
    const forged = { ...ours, credentialSubject: { ...ours.credentialSubject, name: "Heron" } };
    expect((await verifyCredential(forged, suite)).verified).toBe(false);

    const theirs = await issue(credential, suite);
    expect((await ask("/credentials/verify", { verifiableCredential: theirs })).status).toBe(200);
    const changed = { ...theirs, credentialSubject: { ...theirs.credentialSubject, name: "Heron" } };
    expect((await ask("/credentials/verify", { verifiableCredential: changed })).status).toBe(400);
  });

  test(`presentations by ${suite} answer on either side to whoever asked, and to nobody else`, async () => {
    const signed = await issue(credential, suite);
    const theirs = await present([signed], suite, asked);
    const check = (options: object) => ask("/presentations/verify", { verifiablePresentation: theirs, options });
    expect(await check(asked)).toMatchObject({ status: 200 });
    expect((await check({ ...asked, challenge: "other" })).status).toBe(400);

    const presentation = { "@context": credential["@context"], type: ["VerifiablePresentation"], verifiableCredential: [signed] };
    const { status, body } = await ask("/presentations/prove", { presentation, options: { cryptosuite: suite, ...asked } });
    expect(status).toBe(201);
    expect(await verifyPresentation(body.verifiablePresentation, suite, asked)).toEqual({ verified: true, why: "" });
    const other = await verifyPresentation(body.verifiablePresentation, suite, { ...asked, challenge: "other" });
    expect(other.verified).toBe(false);
  });
}
