import { createRequire } from 'node:module';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pdfmake from 'pdfmake';
import type { Column, Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { qrSvg } from './qr.ts';

const FONT = 'NotoSansSC';
const MILLIMETRE = 72 / 25.4;
const MARGINS: [number, number, number, number] = [18 * MILLIMETRE, 18 * MILLIMETRE, 18 * MILLIMETRE, 20 * MILLIMETRE];

const fontFile = (path: string) => createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${path}`);
const FONT_FILES = {
  normal: fontFile('400Regular/NotoSansSC_400Regular.ttf'),
  bold: fontFile('700Bold/NotoSansSC_700Bold.ttf'),
};

// A paper is made of its own data only: it fetches nothing and opens no file but the fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(FONT_FILES).includes(path));
pdfmake.setFonts({ [FONT]: { ...FONT_FILES, italics: FONT_FILES.normal, bolditalics: FONT_FILES.bold } });

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
 * operator (domain §11).
 */
export async function makePdf(definition: PdfDefinition, out: Writable): Promise<void> {
  const { title, content, printedOn, operator } = definition;
  const document: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: definition.landscape ? 'landscape' : 'portrait',
    pageMargins: MARGINS,
    info: { title },
    language: 'zh-CN',
    defaultStyle: { font: FONT, fontSize: 10 },
    content,
    footer: (page, pages) => ({
      margin: [MARGINS[0], 8, MARGINS[2], 0],
      fontSize: 8,
      columns: [
        { text: `打印日期：${printedOn}　操作员：${operator}` },
        { text: `第 ${page} 页，共 ${pages} 页`, alignment: 'right' },
      ],
    }),
  };
  const pdf = await pdfmake.createPdf(document).getStream();
  pdf.end();
  await pipeline(pdf, out);
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
