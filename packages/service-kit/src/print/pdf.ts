import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pdfmake from 'pdfmake';
import type { Column, Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { PAPER_FONTS } from './fonts.ts';
import { qrSvg } from './qr.ts';
import { nameOfSign, printable } from './signs.ts';

const MILLIMETRE = 72 / 25.4;
const MARGINS: [number, number, number, number] = [18 * MILLIMETRE, 18 * MILLIMETRE, 18 * MILLIMETRE, 20 * MILLIMETRE];

// A paper is made of its own data only: it fetches nothing and opens no file but the fonts.
const FONT_FILES = PAPER_FONTS.flatMap(({ normal, bold }) => [normal, bold]);
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FONT_FILES.includes(path));
pdfmake.setFonts(
  Object.fromEntries(
    PAPER_FONTS.map(({ name, normal, bold }) => [name, { normal, bold, italics: normal, bolditalics: bold }]),
  ),
);

/** A paper the county prints: its content in pdfmake's terms, and who prints it when. */
export interface PdfDefinition {
  readonly title: string;
  readonly content: Content;
  readonly landscape?: boolean;
  /** As the foot of each page shows it. */
  readonly printedOn: string;
  readonly operator: string;
}

/**
 * Writes a paper to a stream: A4, Chinese fonts embedded, at each foot the page numbers, the print date and the
 * operator (domain §11). A sign that no font has is printed by its name, and the paper's end says so.
 */
export async function makePdf(definition: PdfDefinition, out: Writable): Promise<void> {
  const { title, printedOn, operator } = definition;
  const missing = new Set<string>();
  const content = printable(definition.content, PAPER_FONTS, missing);
  const foot = printable(`打印日期：${printedOn}　操作员：${operator}`, PAPER_FONTS, missing);
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: definition.landscape ? 'landscape' : 'portrait',
    pageMargins: MARGINS,
    info: { title },
    language: 'zh-CN',
    defaultStyle: { font: PAPER_FONTS[0].name, fontSize: 10 },
    content: [content, unprinted(missing)],
    footer: (page, pages) => ({
      margin: [MARGINS[0], 8, MARGINS[2], 0],
      fontSize: 8,
      columns: [foot, { text: `第 ${page} 页，共 ${pages} 页`, alignment: 'right' }],
    }),
  };
  const pdf = await pdfmake.createPdf(document).getStream();
  pdf.end();
  await pipeline(pdf, out);
}

/** What the end of a paper says of signs that could not be printed. */
function unprinted(missing: ReadonlySet<string>): Content {
  if (missing.size === 0) return '';
  const names = [...missing].map(nameOfSign).join('');
  return { text: `本机没有下列字的字体，文中以编码代替：${names}`, fontSize: 8, margin: [0, 12, 0, 0] };
}

/** The end of a paper: the code that leads to its public verification, and the places for the seals. */
export async function sealBlock(
  verify: { readonly address: string; readonly number: string },
  seals: readonly string[],
): Promise<Content> {
  return {
    unbreakable: true,
    margin: [0, 18, 0, 0],
    columns: [
      {
        width: 120,
        stack: [
          { svg: await qrSvg(verify.address), width: 84 },
          { text: `扫码核验 ${verify.number}`, fontSize: 8 },
        ],
      },
      ...seals.map(
        (unit): Column => ({ width: '*', text: `${unit}（盖章）\n\n\n年　　月　　日`, alignment: 'center' }),
      ),
    ],
  };
}
