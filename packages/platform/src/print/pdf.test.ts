import { monitorEventLoopDelay } from 'node:perf_hooks';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { inflateSync } from 'node:zlib';
import type { Content } from 'pdfmake/interfaces.js';
import { describe, expect, it, vi } from 'vitest';
import { KIT_MESSAGES } from '../http/messages.ts';
import type { Refusal } from '../http/refusal.ts';
import { ReaderGone } from '../spreadsheet/write.ts';
import { makePdf, sealBlock } from './pdf.ts';
import { qrSvg } from './qr.ts';
import { type PaperFont, PAPER_FONTS } from './fonts.ts';
import { printable } from './signs.ts';
import { verifyAddress } from './verify-address.ts';

/** The glyphs a paper draws, by their numbers in its fonts; 0 is the empty box. */
async function glyphsOf(content: Content, operator = '王某'): Promise<number[]> {
  const out = new PassThrough();
  const bytes = buffer(out);
  await makePdf({ title: '清单', content, printedOn: '2026-03-01', operator }, out);
  const pdf = await bytes;
  const glyphs: number[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    const end = pdf.indexOf('endstream', at);
    const head = pdf.subarray(pdf.lastIndexOf('obj', at), at).toString('latin1');
    if (end < 0 || !head.includes('FlateDecode') || head.includes('Length1')) continue;
    const text = inflated(pdf.subarray(at + 7, end));
    if (!text.includes(' Tf')) continue;
    for (const [, hex = ''] of text.matchAll(/<([0-9a-f]+)>/g)) {
      glyphs.push(...(hex.match(/.{4}/g) ?? []).map((each) => Number.parseInt(each, 16)));
    }
  }
  return glyphs;
}

function inflated(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return '';
  }
}

/** Signs that the papers' font has not, or shows nothing of. */
const SIGNS = {
  'of extension B': '\u{20164}',
  'of extension A': '\u4dae',
  'of the private area': '\ue863',
  'an emoji': '🧑‍🌾',
  'a combining mark': 'e\u0301\u0332\u20dd',
  'without width': '\u200b\ufeff\u2060',
  'a control sign': '\u0007\u0085\u2028',
  'a filler': '\u3164',
  'of another script': 'ཀླུ',
};
const place = (text: string): Record<string, Content> => ({
  'plain text': text,
  'bold text': { text, bold: true },
  'a text in parts': { text: ['甲', { text, bold: true }, text] },
  'a column': { columns: [{ stack: [text, { text }] }] },
  'a cell': { table: { headerRows: 1, body: [[{ text, bold: true }], [text]] } },
  'a list': { ul: [text] },
});

describe('given a name with a sign that papers lack', () => {
  it.each(Object.entries(SIGNS))(
    'when it is %s, then no empty box is printed, wherever it stands',
    async (_kind, sign) => {
      const places = Object.values(place(`甲${sign}乙`));
      const glyphs = await glyphsOf(places, `王${sign}`);
      expect(glyphs.length).toBeGreaterThan(40);
      expect(glyphs).not.toContain(0);
    },
  );
});

describe('given fonts that have some signs', () => {
  const font = (name: string, signs: string): PaperFont => ({
    name,
    normal: '',
    bold: '',
    covers: (code) => signs.includes(String.fromCodePoint(code)),
  });

  it('when the first lacks a sign, then the next prints it; what none has is named', () => {
    const missing = new Set<string>();
    const made = printable('甲\u{20164}\u4dae乙', [font('one', '甲乙'), font('two', '\u4dae')], missing);
    expect(made).toEqual({
      text: [
        { text: '甲〔U+20164〕', font: 'one' },
        { text: '\u4dae', font: 'two' },
        { text: '乙', font: 'one' },
      ],
    });
    expect([...missing]).toEqual(['\u{20164}']);
  });

  it('when a text is set in one font, then it stays as it is', () => {
    expect(printable('第 1 页\n(1)', PAPER_FONTS, new Set())).toBe('第 1 页\n(1)');
  });
});

describe('a printed paper', () => {
  it('is an A4 PDF with the Chinese font embedded', async () => {
    const out = new PassThrough();
    const bytes = buffer(out);
    const end = await sealBlock({ address: 'http://localhost/public/verify/X', number: 'X' }, ['村民委员会']);
    await makePdf({ title: '分红清单', content: ['分红清单', end], printedOn: '2026-03-01', operator: '王某' }, out);
    const pdf = (await bytes).toString('latin1');
    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
    expect(pdf).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansSC-Regular/);
    expect(pdf).toContain('/FontFile');
  });

  it('carries a code as SVG and an address below the reader’s own', async () => {
    expect(await qrSvg('bangfu')).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect(verifyAddress({ host: 'county.example:8080' }, 'DZ-1')).toBe(
      'http://county.example:8080/public/verify/DZ-1',
    );
  });
});

describe('given more papers than are set at a time', () => {
  const paper = (lines: number) => ({
    title: '清单',
    printedOn: '2026-03-01',
    operator: '王某',
    content: { table: { body: Array.from({ length: lines }, (_, at) => [String(at), '某某', '某村', '100.00']) } },
  });
  const print = (lines: number) => makePdf(paper(lines), new PassThrough().resume());

  it('when one is long, then the service is not held by it', async () => {
    const held = async () => {
      const delay = monitorEventLoopDelay({ resolution: 5 });
      delay.enable();
      await print(1_000);
      delay.disable();
      return delay.max / 1e6;
    };
    // Another program may have had the processor meanwhile: what holds the loop does so twice.
    expect(Math.min(await held(), await held())).toBeLessThan(100);
  });

  it('when too many wait, then the next is refused in words, and the others are made', async () => {
    const all = await Promise.allSettled(Array.from({ length: 14 }, () => print(5)));
    const refused = all.flatMap((each) => (each.status === 'rejected' ? [each.reason as Refusal] : []));
    expect(refused.map(({ status, code }) => [status, code])).toEqual([
      [503, 'PAPERS_BUSY'],
      [503, 'PAPERS_BUSY'],
    ]);
    expect(KIT_MESSAGES).toHaveProperty('PAPERS_BUSY');
  });

  it('when one is not set within a minute, then it is given up, and the next is made', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const made = print(3_000);
      const ended = made.catch(() => undefined);
      await setImmediate();
      vi.advanceTimersByTime(60_000);
      await expect(made).rejects.toMatchObject({ code: 'PAPER_TOO_LARGE' });
      await ended;
    } finally {
      vi.useRealTimers();
    }
    expect(KIT_MESSAGES).toHaveProperty('PAPER_TOO_LARGE');
    await print(1);
  });

  it('when its reader leaves, then it is not made', async () => {
    const out = new PassThrough();
    const made = makePdf(paper(1_000), out);
    out.destroy();
    await expect(made).rejects.toBeInstanceOf(ReaderGone);
  });
});
