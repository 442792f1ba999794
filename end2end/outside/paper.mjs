// A reader of badges on paper that knows docs/PAPER.md and nothing of our code:
// others' packages find the code in the picture, take its CBOR apart and check
// the signature with the key from the issuer's DID document.

import { createPublicKey, verify } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { decode, encode } from "cborg";
import jsqr from "jsqr";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { PNG } from "pngjs";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/** The text of the code in a PNG. */
function textIn(picture) {
  const { data, width, height } = PNG.sync.read(picture);
  const found = jsqr.default?.(new Uint8ClampedArray(data), width, height) ?? jsqr(new Uint8ClampedArray(data), width, height);
  if (!found) throw new Error("no code in the picture");
  return found.data;
}

/** RFC 9285. */
function base45(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((letter) => LETTERS.indexOf(letter));
    const value = group.reduce((sum, digit, place) => sum + digit * 45 ** place, 0);
    bytes.push(...(group.length === 3 ? [value >> 8, value & 0xff] : [value]));
  }
  return Uint8Array.from(bytes);
}

/** Whether the key that `jwkOf` gives for a verification method signed the code in `picture`, and what it says. */
export async function verifyPaper(picture, jwkOf) {
  const text = textIn(picture);
  if (!text.startsWith("CAIRN1:")) throw new Error("a code of another kind");
  const cose = inflateRawSync(base45(text.slice("CAIRN1:".length)));
  // One byte says that it is COSE_Sign1.
  if (cose[0] !== 0xd2) throw new Error("not COSE_Sign1");
  const [header, , payload, signature] = decode(cose.subarray(1), { useMaps: true, strict: true });
  const read = (bytes) => decode(bytes, { useMaps: true, strict: true, rejectDuplicateMapKeys: true });
  const claims = read(payload);
  const jwk = await jwkOf(`${claims.get(1)}#${Buffer.from(read(header).get(4)).toString()}`);
  const signed = encode(["Signature1", header, Buffer.from("Cairn paper proof v1"), payload]);
  const key = createPublicKey({ key: jwk, format: "jwk" });
  return { verified: verify(null, signed, key, signature), claims };
}

/** What a reader of PDF finds in a certificate: its text, and its tags in order. */
export async function readCertificate(bytes) {
  const document = await getDocument({ data: bytes, verbosity: 0 }).promise;
  const page = await document.getPage(1);
  const [roles, alts] = [[], []];
  const walk = (node) => {
    if (node.role) roles.push(node.role);
    if (node.alt) alts.push(node.alt);
    node.children?.forEach(walk);
  };
  walk(await page.getStructTree());
  const { items } = await page.getTextContent();
  const { info } = await document.getMetadata();
  const { Marked: marked } = (await document.getMarkInfo()) ?? {};
  return { pages: document.numPages, marked, title: info.Title, text: items.map(({ str }) => str).join(""), roles, alts };
}
