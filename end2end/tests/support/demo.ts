// Who and what is there before anybody does anything: what `cairn demo` loaded.

import { readFileSync } from "node:fs";

export interface Account {
  role: string;
  email: string;
  password: string;
}

interface Demo {
  operator: Account;
  tenants: { slug: string; accounts: Account[] }[];
  credentials: { id: string; url: string; holder: string }[];
}

export const demo: Demo = JSON.parse(readFileSync(process.env.CAIRN_TEST_DEMO ?? "", "utf8"));

/** The tenant's first person with that role, or the one after so many others. */
export function account(slug: string, role: string, after = 0): Account {
  const tenant = demo.tenants.find((tenant) => tenant.slug === slug);
  const found = tenant?.accounts.filter((account) => account.role === role)[after];
  if (!found) throw new Error(`the demo has no ${role} in ${slug} after ${after} others`);
  return found;
}
