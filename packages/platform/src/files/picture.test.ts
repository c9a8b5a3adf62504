import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { crc32, deflateSync } from 'node:zlib';
import { DomainError } from '@bangfu/domain/shared/errors';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PHOTO_POSITION, type PhotoPlan, testPhoto } from '../testing/photos.ts';
import { KIT_MESSAGES } from '../http/messages.ts';
import type { Refusal } from '../http/refusal.ts';
import { rewritePhoto } from './picture.ts';

const MAX_HELD_MS = 100;
const MAX_GROWTH_BYTES = 100 * 2 ** 20;

const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
function png(width: number, height: number, pixels: Buffer, more: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const parts = [chunk('IHDR', header), ...more, chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([PNG_SIGNATURE, ...parts]);
}
const blank = (width: number, height: number) => deflateSync(Buffer.alloc(height * (1 + width * 3)));

/** A JPEG whose header promises other sides than it has. */
async function claiming(width: number, height: number): Promise<Buffer> {
  const bytes = await testPhoto();
  const frame = bytes.findIndex((byte, i) => byte === 0xff && (bytes[i + 1] === 0xc0 || bytes[i + 1] === 0xc2));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}

const refused = (bytes: Buffer) =>
  rewritePhoto(bytes).then(
    ({ bytes: { length } }) => `taken with ${length} bytes`,
    (error: unknown) => (error instanceof DomainError ? error.code : error),
  );

const SECRETS = ['SECRET', 'Exif', 'GPS', 'PK\u0003\u0004', '<html>', 'http://ns.adobe.com'];
const LEFT_IN = (bytes: Buffer) => SECRETS.filter((text) => bytes.includes(Buffer.from(text, 'latin1')));

/** Whether the middle of the upper left quarter is the red one. */
async function redCorner(bytes: Buffer): Promise<string> {
  const { data, info } = await sharp(bytes)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const isRed = (x: number, y: number) => {
    const at = (Math.floor(info.height * y) * info.width + Math.floor(info.width * x)) * info.channels;
    return (data[at] ?? 0) > 150 && (data[at + 1] ?? 255) < 120;
  };
  const corners = {
    'top left': [0.2, 0.2],
    'top right': [0.8, 0.2],
    'bottom left': [0.2, 0.8],
    'bottom right': [0.8, 0.8],
  };
  return Object.entries(corners)
    .filter(([, [x = 0, y = 0]]) => isRed(x, y))
    .map(([name]) => name)
    .join();
}

describe('a file that is no photo', () => {
  const jpeg = testPhoto({ width: 600, height: 400 });
  const flat = testPhoto({ format: 'png', width: 600, height: 400 });
  const FILES: readonly (readonly [string, () => Promise<Buffer> | Buffer, string])[] = [
    ['of no byte', () => Buffer.alloc(0), 'PHOTO_NOT_AN_IMAGE'],
    ['of three bytes', () => Buffer.from('ffd8ff', 'hex'), 'PHOTO_BROKEN'],
    ['of a PNG’s first sixteen bytes', async () => (await flat).subarray(0, 16), 'PHOTO_BROKEN'],
    [
      'a page with a JPEG’s first bytes',
      () => Buffer.from('\xff\xd8\xff\xe0<html><script>alert(1)</script>', 'latin1'),
      'PHOTO_BROKEN',
    ],
    [
      'a drawing',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      'PHOTO_NOT_AN_IMAGE',
    ],
    [
      'a GIF',
      async () =>
        sharp(await jpeg)
          .gif()
          .toBuffer(),
      'PHOTO_NOT_AN_IMAGE',
    ],
    [
      'a WebP',
      async () =>
        sharp(await jpeg)
          .webp()
          .toBuffer(),
      'PHOTO_NOT_AN_IMAGE',
    ],
    [
      'a TIFF',
      async () =>
        sharp(await jpeg)
          .tiff()
          .toBuffer(),
      'PHOTO_NOT_AN_IMAGE',
    ],
    [
      'noise after a JPEG’s header',
      async () => Buffer.concat([(await jpeg).subarray(0, 20), Buffer.alloc(5_000, 0x5a)]),
      'PHOTO_BROKEN',
    ],
    [
      'a JPEG without its tables',
      async () => Buffer.concat([Buffer.from('ffd8ffda', 'hex'), (await jpeg).subarray(-400)]),
      'PHOTO_BROKEN',
    ],
    [
      'of 60 000 × 60 000 in 74 bytes',
      () =>
        Buffer.concat([PNG_SIGNATURE, Buffer.from('0000000d494844520000ea600000ea6008020000009d6f1f05', 'hex')], 74),
      'PHOTO_TOO_MANY_PIXELS',
    ],
    ['a JPEG that promises 60 000 × 60 000', () => claiming(60_000, 60_000), 'PHOTO_TOO_MANY_PIXELS'],
    ['a PNG bomb', () => png(12_000, 12_000, deflateSync(Buffer.alloc(50_000_000))), 'PHOTO_TOO_MANY_PIXELS'],
    ['one pixel high and 12 001 wide', () => png(12_001, 1, blank(12_001, 1)), 'PHOTO_TOO_MANY_PIXELS'],
    ['with a side of nothing', () => png(0, 10, blank(0, 10)), 'PHOTO_BROKEN'],
    ['with half its rows', () => png(100, 100, blank(100, 50)), 'PHOTO_BROKEN'],
  ];
  it.each(FILES)('given one %s, when it is read, then it is refused in words', async (_what, make, code) => {
    const bytes = await make();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const before = process.memoryUsage().rss;
    delay.enable();
    expect(await refused(bytes)).toBe(code);
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(MAX_HELD_MS);
    expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it('given parts that inflate without end or frames without number, then they cost nothing', async () => {
    const note = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(200 * 2 ** 20))]);
    const frames = Array.from({ length: 5_000 }, () => chunk('fcTL', Buffer.alloc(26)));
    for (const more of [[chunk('zTXt', note)], [chunk('iCCP', note)], [chunk('acTL', Buffer.alloc(8, 1)), ...frames]]) {
      const bytes = png(10, 10, blank(10, 10), more);
      const before = process.memoryUsage().rss;
      expect(await refused(bytes)).toMatch(/^(taken with \d{1,4} bytes|PHOTO_BROKEN)$/);
      expect(process.memoryUsage().rss - before).toBeLessThan(MAX_GROWTH_BYTES);
    }
  });

  it('given more at once than may wait, then those beyond are refused in words, and the others are read', async () => {
    const whole = await jpeg;
    const all = await Promise.allSettled(Array.from({ length: 14 }, () => rewritePhoto(whole)));
    const busy = all.flatMap((each) => (each.status === 'rejected' ? [(each.reason as Refusal).code] : []));
    expect(new Set(busy)).toEqual(new Set(['PHOTOS_BUSY']));
    expect(busy.length).toBe(4);
    expect(KIT_MESSAGES).toHaveProperty('PHOTOS_BUSY');
  });

  it('given many at once, then one is decoded at a time', async () => {
    const large = await testPhoto({ width: 2000, height: 1500 });
    let most = 0;
    const look = setInterval(() => {
      const { queue, process: decoded } = sharp.counters();
      most = Math.max(most, queue + decoded);
    }, 1);
    await Promise.all(Array.from({ length: 6 }, () => rewritePhoto(large)));
    clearInterval(look);
    expect(most).toBe(1);
  });

  it('given any other kind of file, when the library itself is asked, then it has no reader for it', async () => {
    const photo = await jpeg;
    await rewritePhoto(photo);
    const webp = await sharp(photo).webp().toBuffer();
    for (const other of [webp, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')]) {
      await expect(sharp(other).metadata()).rejects.toThrow(/unsupported/);
    }
  });

  it('given a camera’s own part beyond what a camera writes, then it is not read', async () => {
    const { exif } = await sharp(await testPhoto({ located: true })).metadata();
    const tiff = (exif ?? Buffer.alloc(0)).subarray(6);
    const saying = (bytes: number) =>
      png(20, 20, blank(20, 20), [chunk('eXIf', Buffer.concat([tiff, Buffer.alloc(bytes)]))]);
    expect((await rewritePhoto(saying(1000))).origin.position).not.toBeNull();
    expect((await rewritePhoto(saying(300_000))).origin).toEqual({ takenAt: null, position: null });
  });

  it.each([0.05, 0.2, 0.5, 0.8, 0.97])('given a photo cut at %f of its length, then it is refused', async (part) => {
    for (const whole of [await jpeg, await flat]) {
      const cut = whole.subarray(0, Math.floor(whole.length * part));
      expect(await refused(cut)).toBe('PHOTO_BROKEN');
      // Closed again as if it were whole.
      expect(await refused(Buffer.concat([cut, Buffer.from('ffd9', 'hex')]))).toBe('PHOTO_BROKEN');
    }
  });

  it('given the odd bytes that some telephones write between parts, when it is read, then it is taken', async () => {
    const whole = await jpeg;
    const odd = Buffer.concat([whole.subarray(0, -2), Buffer.alloc(7, 0x11), Buffer.from('ffd9', 'hex')]);
    expect((await rewritePhoto(odd)).mediaType).toBe('image/jpeg');
  });

  it('given the largest that is a photo, when it is read, then it is taken', async () => {
    const taken = await rewritePhoto(png(12_000, 4_000, blank(12_000, 4_000)));
    expect(await sharp(taken.bytes).metadata()).toMatchObject({ width: 12_000, height: 4_000 });
    expect(await refused(png(12_000, 4_200, blank(12_000, 4_200)))).toBe('PHOTO_TOO_MANY_PIXELS');
  });

  it('given any bytes changed, cut or added, when it is read, then it is refused in words or a picture comes out', async () => {
    const sources = [
      await testPhoto({ located: true, orientation: 6 }),
      await testPhoto({ format: 'png', located: true }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sources),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.integer({ min: 50, max: 100 }),
        fc.uint8Array({ maxLength: 40 }),
        async (source, changes, kept, tail) => {
          const bytes = Buffer.from(source);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const damaged = Buffer.concat([bytes.subarray(0, Math.ceil((bytes.length * kept) / 100)), tail]);
          const outcome = await rewritePhoto(damaged).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(DomainError);
            return;
          }
          const { bytes: written } = outcome as { bytes: Buffer };
          const { exif, width, height } = await sharp(written).metadata();
          expect({ exif, isPicture: width > 0 && height > 0, left: LEFT_IN(written) }).toEqual({
            exif: undefined,
            isPicture: true,
            left: [],
          });
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a photo', () => {
  const PLANS: PhotoPlan[] = [
    ...(['rgb', 'grey', 'cmyk'] as const).map((colour) => ({ format: 'jpeg' as const, colour })),
    ...(['rgb', 'grey', 'deep', 'alpha', 'palette'] as const).map((colour) => ({ format: 'png' as const, colour })),
  ].flatMap((plan) => [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({ ...plan, orientation, located: true })));

  it.each(PLANS)(
    'given one of $format, $colour, held as $orientation, then it comes out upright and bare',
    async (plan) => {
      const upload = await testPhoto(plan);
      const { bytes, mediaType, origin, originalSha256 } = await rewritePhoto(upload);
      const { orientation = 1 } = plan;
      const seen = await sharp(bytes).metadata();
      expect(mediaType).toBe(`image/${plan.format}`);
      expect(seen).toMatchObject({
        format: plan.format,
        depth: 'uchar',
        ...(orientation < 5 ? { width: 96, height: 64 } : { width: 64, height: 96 }),
      });
      expect([seen.exif, seen.xmp, seen.iptc, seen.orientation]).toEqual([undefined, undefined, undefined, undefined]);
      expect(LEFT_IN(bytes)).toEqual([]);
      const upright = [
        'top left',
        'top right',
        'bottom right',
        'bottom left',
        'top left',
        'top right',
        'bottom right',
        'bottom left',
      ];
      if (plan.colour !== 'grey') expect(await redCorner(bytes)).toBe(upright[orientation - 1]);
      expect(origin.takenAt).toBe('2026-03-04T11:00:00+08:00');
      expect(origin.position?.latitude).toBeCloseTo(PHOTO_POSITION.latitude, 5);
      expect(origin.position?.longitude).toBeCloseTo(PHOTO_POSITION.longitude, 5);
      expect(originalSha256).toBe(createHash('sha256').update(upload).digest('hex'));
    },
  );

  it('given words, another file at its end or moving parts, then only its pixels come out', async () => {
    const words = chunk('tEXt', Buffer.from('Comment\0SECRET address'));
    const moving = [chunk('acTL', Buffer.from('0000000200000000', 'hex'))];
    const files = [
      png(20, 20, blank(20, 20), [words, ...moving]),
      Buffer.concat([png(20, 20, blank(20, 20)), Buffer.from('PK\u0003\u0004SECRET', 'latin1')]),
      Buffer.concat([await testPhoto(), Buffer.from('PK\u0003\u0004<html>SECRET', 'latin1')]),
    ];
    for (const file of files) {
      expect(LEFT_IN(file)).not.toEqual([]);
      expect(LEFT_IN((await rewritePhoto(file)).bytes)).toEqual([]);
    }
  });

  it('given the same photo twice, or one that says nothing of itself, then it is the same picture and no origin', async () => {
    const upload = await testPhoto();
    const [one, two] = await Promise.all([rewritePhoto(upload), rewritePhoto(upload)]);
    expect(one.bytes.equals(two.bytes)).toBe(true);
    expect(one.origin).toEqual({ takenAt: null, position: null });
  });

  it('given a torn photo of an earlier release, when it is shown, then as much of it as can be read', async () => {
    const whole = await testPhoto({ width: 800, height: 600, located: true });
    const torn = whole.subarray(0, Math.floor(whole.length * 0.7));
    const { bytes, origin } = await rewritePhoto(torn, { torn: true });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 800, height: 600 });
    expect(origin.position).not.toBeNull();
    await expect(rewritePhoto(Buffer.from('ffd8ff', 'hex'), { torn: true })).rejects.toMatchObject({
      code: 'PHOTO_BROKEN',
    });
  });
});
