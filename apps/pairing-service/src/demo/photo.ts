import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const WIDTH = 160;
const HEIGHT = 120;
const HORIZON = 75;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A picture of a house under a sky, another one for each number, as a PNG: the demo's photos show nobody. */
export function demoPhoto(number: number): Buffer {
  const left = 20 + ((number * 37) % 70);
  const wall = [150 + ((number * 53) % 90), 120 + ((number * 29) % 80), 90 + ((number * 17) % 60)];
  const pixel = (x: number, y: number): readonly number[] => {
    const inHouse = x >= left && x < left + 55 && y >= 45 && y < 95;
    const roof = y >= 25 && y < 45 && Math.abs(x - left - 27) < (y - 22) * 1.4;
    if (roof) return [120, 50, 40];
    if (inHouse) return x > left + 20 && x < left + 34 && y > 65 ? [70, 50, 40] : wall;
    return y < HORIZON ? [150 + (y >> 1), 190 + (y >> 2), 235] : [110 + (number % 30), 140 - (y >> 3), 80];
  };
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  let at = 0;
  for (let y = 0; y < HEIGHT; y++) {
    rows[at++] = 0;
    for (let x = 0; x < WIDTH; x++) for (const value of pixel(x, y)) rows[at++] = value;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits a channel, red-green-blue.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
