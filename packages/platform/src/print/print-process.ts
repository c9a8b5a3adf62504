import { buffer } from 'node:stream/consumers';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { PAPER_FONTS } from './fonts.ts';
import type { PdfDefinition, PrintAnswer, PrintRequest } from './print-protocol.ts';
import { nameOfSign, printable } from './signs.ts';

/** The program of the printing process: it sets one paper after the other, of its own data only. */

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

/** Rows with a little more room between their lines. */
pdfmake.addTableLayouts({ airy: { paddingTop: () => 3, paddingBottom: () => 3 } });

async function setPaper(definition: PdfDefinition): Promise<Buffer> {
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
  return buffer(pdf);
}

/** What the end of a paper says of signs that could not be printed. */
function unprinted(missing: ReadonlySet<string>): Content {
  if (missing.size === 0) return '';
  const names = [...missing].map(nameOfSign).join('');
  return { text: `本机没有下列字的字体，文中以编码代替：${names}`, fontSize: 8, margin: [0, 12, 0, 0] };
}

process.on('message', ({ definition }: PrintRequest) => {
  const send = (answer: PrintAnswer) => process.send?.(answer);
  setPaper(definition).then(
    (bytes) => send({ bytes }),
    (error: unknown) => send({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// Its service has ended: nobody is left to print for.
process.on('disconnect', () => process.exit(0));
