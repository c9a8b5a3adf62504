import { open, stat } from 'node:fs/promises';
import { detectEncoding, openCsv } from './csv.ts';
import type { Budget } from './budget.ts';
import { asRefusal, refuse, type WorkbookLimits } from './limits.ts';
import type { Workbook } from './model.ts';
import { openWhole } from './whole.ts';
import { openXlsx, workbookPart } from './xlsx.ts';
import { readOdsUnseen } from './ods-unseen.ts';
import { openZip, type Zip } from './zip.ts';

const HEAD = 2 ** 20;
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** The stream that holds an encrypted .xlsx, and those of the .xls and .et editions, in UTF-16 as OLE2 names them. */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');
const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

async function readHead(path: string): Promise<{ head: Buffer; size: number }> {
  const { size } = await stat(path);
  await using file = await open(path);
  const head = Buffer.alloc(Math.min(HEAD, size));
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return { head: head.subarray(0, bytesRead), size };
}

/** A web page or a part of one, an archive of one, or XML, which programs name .xls and spreadsheets open. */
const MARKUP = /^\s*(<[!?a-z]|MIME-Version:|From: <Saved by)/i;
/** Papers that begin like a text, and the packed files that hold no zero byte in their first part. */
const OTHER = /^(%PDF-|\{\\rtf|Rar!|7z\xbc\xaf)/;

/** Refuses what is text but no table, with words of its own where it was saved by a spreadsheet. */
function refuseMarkup(head: Buffer): void {
  const start = head.subarray(0, 4096);
  const text = new TextDecoder(detectEncoding(start)).decode(start);
  if (MARKUP.test(text)) refuse('WORKBOOK_MARKUP');
  if (OTHER.test(head.toString('latin1', 0, 8))) refuse('NOT_A_WORKBOOK');
}

/** The parts of a zip that a library reads, inflated by ourselves so that each byte is charged and checked. */
async function takeParts(zip: Zip, wanted: (name: string) => boolean, most: number): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  let left = most;
  for (const name of zip.names.filter(wanted)) {
    const bytes = await zip.readWhole(name, left);
    left -= bytes.length;
    parts.set(name, bytes);
  }
  return parts;
}

/** What .xlsb keeps its values in; pictures and the like are left out. */
const BINARY_PARTS = /^(\[Content_Types\]\.xml|_rels\/\.rels|[^.]+(\/_rels\/[^/]+\.rels|\.bin))$/i;
const isBinaryPart = (name: string) => BINARY_PARTS.test(name) && !/vba|printersettings|activex|embeddings/i.test(name);
const ODS_PARTS = new Set(['mimetype', 'content.xml', 'styles.xml', 'meta-inf/manifest.xml']);

async function openZipped(path: string, size: number, limits: WorkbookLimits, budget: Budget): Promise<Workbook> {
  const zip = await openZip(path, limits, budget);
  try {
    const workbook = await workbookPart(zip);
    if (workbook?.toLowerCase().endsWith('.bin')) {
      // .xlsb: the parts of an .xlsx in binary.
      if (size > limits.wholeFileBytes) refuse('WORKBOOK_TOO_LARGE', 'file');
      const parts = await takeParts(zip, isBinaryPart, limits.wholeInflatedBytes);
      zip.close();
      return openWhole({ parts }, 'xls', limits, budget);
    }
    if (workbook !== null) return await openXlsx(zip, workbook, limits, budget);
    if (!zip.has('mimetype') || !zip.has('content.xml')) refuse('NOT_A_WORKBOOK');
    const type = (await zip.readWhole('mimetype', 1024)).toString('latin1').trim();
    if (type !== ODS_TYPE) refuse('NOT_A_WORKBOOK');
    if (size > limits.wholeFileBytes) refuse('WORKBOOK_TOO_LARGE', 'file');
    if (zip.inflatedSize('content.xml') > limits.wholeInflatedBytes) refuse('WORKBOOK_TOO_LARGE', 'content.xml');
    const manifest = zip.has('META-INF/manifest.xml') ? await zip.readWhole('META-INF/manifest.xml', HEAD) : null;
    if (manifest?.includes('encryption-data')) refuse('WORKBOOK_ENCRYPTED');
    const unseen = await readOdsUnseen(zip, limits, budget);
    const parts = await takeParts(zip, (name) => ODS_PARTS.has(name.toLowerCase()), limits.wholeInflatedBytes);
    zip.close();
    return openWhole({ parts }, 'ods', limits, budget, unseen);
  } catch (error) {
    zip.close();
    throw asRefusal(error);
  }
}

/**
 * Opens a workbook in this process, its kind found by its content: .xlsx and .csv are streamed, .xls, .et, .xlsb and
 * .ods read whole. Only the reading process calls it; services use `openWorkbook`.
 * @throws DomainError NOT_A_WORKBOOK, WORKBOOK_MARKUP, TEXT_QUOTE_OPEN, WORKBOOK_EMPTY, WORKBOOK_TOO_LARGE, ZIP_BOMB,
 * WORKBOOK_ENCRYPTED or WORKBOOK_BROKEN; reading the rows can throw them too.
 */
export async function parseWorkbook(path: string, limits: WorkbookLimits, budget: Budget): Promise<Workbook> {
  const { head, size } = await readHead(path);
  if (size === 0) refuse('WORKBOOK_EMPTY');
  if (size > limits.fileBytes) refuse('WORKBOOK_TOO_LARGE', 'file');
  if (head.subarray(0, 4).equals(ZIP)) return openZipped(path, size, limits, budget);
  if (!head.subarray(0, 8).equals(OLE)) {
    refuseMarkup(head);
    return openCsv(path, head, limits);
  }
  if (size > limits.wholeFileBytes) refuse('WORKBOOK_TOO_LARGE', 'file');
  if (head.includes(ENCRYPTED_PACKAGE)) refuse('WORKBOOK_ENCRYPTED');
  return openWhole({ path }, 'xls', limits, budget);
}
