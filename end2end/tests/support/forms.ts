// Sending what a page's form would send, without drawing the page.

import { type APIRequestContext, type APIResponse } from "@playwright/test";

/** What fields hold, by name; several values where several boxes are ticked. */
export type Fields = Record<string, string | string[]>;

/** Posts a form, as a browser says that a page of the same site did. */
export function post(request: APIRequestContext, address: string, fields: Fields = {}): Promise<APIResponse> {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one);
  return request.post(address, {
    headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
    data: form.toString(),
  });
}

/** The fields that a page hides in its forms. */
export function hiddenIn(html: string): Fields {
  const inputs = html.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

function attribute(tag: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}
