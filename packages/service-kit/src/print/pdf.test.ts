import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { makePdf, sealBlock } from './pdf.ts';
import { qrSvg } from './qr.ts';
import { verifyAddress } from './verify-address.ts';

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
