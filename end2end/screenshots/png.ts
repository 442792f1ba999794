// A PNG in at most 256 colours: a page has few, and a third of the bytes is enough for them.

import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const MOST_COLOURS = 256;

interface Picture {
  width: number;
  height: number;
  /** Each pixel as 0xRRGGBB. */
  pixels: Uint32Array;
}

/** The same picture with its most frequent colours, each other one as the nearest of these. */
export function inFewColours(png: Buffer): Buffer {
  const { width, height, pixels } = decoded(png);
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour);
  const palette = byCount.slice(0, MOST_COLOURS);
  const index = new Map(byCount.map((colour) => [colour, nearest(palette, colour)]));
  // Each line begins with the filter that it has: none.
  const lines = Buffer.alloc(height * (width + 1));
  pixels.forEach((colour, at) => {
    lines[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index.get(colour) ?? 0;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", head),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Where in `palette` the colour nearest to `colour` stands. */
function nearest(palette: number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [at, known] of palette.entries()) {
    const [r, g, b] = [16, 8, 0].map((shift) => ((known >> shift) & 255) - ((colour >> shift) & 255));
    const distance = r * r + g * g + b * b;
    if (distance < least) [best, least] = [at, distance];
  }
  return best;
}

/** What a browser makes: eight bits a channel, not interlaced, opaque. */
function decoded(png: Buffer): Picture {
  const parts: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const end = at + 8 + png.readUInt32BE(at);
    if (png.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(png.subarray(at + 8, end));
  }
  const [width, height, channels] = [png.readUInt32BE(16), png.readUInt32BE(20), png[25] === 6 ? 4 : 3];
  const stride = width * channels;
  const lines = inflateSync(Buffer.concat(parts));
  const pixels = new Uint32Array(width * height);
  let above: Buffer = Buffer.alloc(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const line = lines.subarray(start + 1, start + 1 + stride);
    unfilter(lines[start], line, above, channels);
    for (let x = 0; x < width; x++) pixels[y * width + x] = line.readUIntBE(x * channels, 3);
    above = line;
  }
  return { width, height, pixels };
}

/** PNG (third edition) §9: undoes a line's filter in place. */
function unfilter(filter: number, line: Buffer, above: Buffer, step: number) {
  for (let x = 0; x < line.length; x++) {
    const left = x < step ? 0 : line[x - step];
    const corner = x < step ? 0 : above[x - step];
    const guesses = [0, left, above[x], (left + above[x]) >> 1, paeth(left, above[x], corner)];
    line[x] += guesses[filter];
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(guess - one));
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
