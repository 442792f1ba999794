// The mails that the server sends: without a mail server, each is a file.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";

const folder = join(process.env.CAIRN_TEST_DATA ?? "", "mail");

/** The link in the mail to `to` that leads to `path`, as soon as it is there. */
export async function linkMailed(to: string, path: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(() => (link = linkIn(mailsTo(to), path)), { message: `a mail to ${to} with a link to ${path}` })
    .toBeDefined();
  return link ?? "";
}

/** Every mail to `to`, as sent. */
export function mailsTo(to: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .filter((mail) => mail.includes(`To: ${to}\r\n`))
    .map(decoded);
}

function linkIn(mails: string[], path: string): string | undefined {
  const links = mails.flatMap((mail) => mail.match(/^https?:\/\/\S+$/gm) ?? []);
  return links.find((link) => new URL(link).pathname.startsWith(path));
}

/** Quoted-printable as text, as far as links need it. */
function decoded(mail: string): string {
  const joined = mail.replaceAll(/=\r?\n/g, "").replaceAll("\r\n", "\n");
  return /quoted-printable/i.test(mail)
    ? joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : joined;
}
