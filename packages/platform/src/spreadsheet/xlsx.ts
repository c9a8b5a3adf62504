import type { Budget } from './budget.ts';
import { inSheet, refuse, type WorkbookLimits } from './limits.ts';
import { type Merge, mergeFiller, readMerge } from './merges.ts';
import { BATCH_ROWS, type Sheet, type SheetRow, type Workbook } from './model.ts';
import { isDateFormat } from './number-text.ts';
import { rowHandler } from './xlsx-rows.ts';
import { type SharedStrings, sharedStrings } from './xlsx-strings.ts';
import { attribute, tagName, type XmlHandler, xmlScanner } from './xml.ts';
import type { Zip } from './zip.ts';

const SMALL_PART = 32 * 2 ** 20;
const MOST_MERGES = 1_000_000;
/** Bytes that a merge takes while its sheet may be read again. */
const MERGE_COST = 100;
/** Number formats that show dates without being written in the file (ECMA-376 18.8.30, with the Chinese ones). */
const BUILT_IN_DATES = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

interface Parts {
  readonly sheets: readonly SheetPart[];
  readonly strings: string | null;
  readonly styles: string | null;
  readonly from1904: boolean;
}

type OnOpen = (name: number, read: (attributeName: string) => string | null) => void;

/** Reads a small part for its opening tags. */
async function readTags(zip: Zip, part: string, onOpen: OnOpen, onClose: (name: number) => void = () => undefined) {
  if (zip.inflatedSize(part) > SMALL_PART) refuse('WORKBOOK_TOO_LARGE', part);
  const scanner = xmlScanner({
    open: (name, bytes, from, to) => onOpen(name, (wanted) => attribute(bytes, from, to, wanted)),
    close: onClose,
    text: () => undefined,
  });
  for await (const chunk of zip.read(part)) scanner.push(chunk);
  scanner.end();
}

/** A relationship's target as a part's name. */
function resolve(folder: string, target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : `${folder}/${target}`;
  const parts: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.' && step !== '') parts.push(step);
  }
  return parts.join('/');
}

/** The part's folder, and where its relationships stand. */
function placeOf(part: string): { folder: string; relations: string } {
  const cut = part.lastIndexOf('/');
  const folder = part.slice(0, Math.max(0, cut));
  return { folder, relations: `${folder === '' ? '' : `${folder}/`}_rels/${part.slice(cut + 1)}.rels` };
}

interface Relation {
  readonly type: string;
  readonly part: string;
}

async function readRelations(zip: Zip, part: string, folder: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  if (!zip.has(part)) return relations;
  await readTags(zip, part, (name, read) => {
    if (name !== tagName('Relationship')) return;
    relations.set(read('Id') ?? '', { type: read('Type') ?? '', part: resolve(folder, read('Target') ?? '') });
  });
  return relations;
}

const USUAL_WORKBOOK = 'xl/workbook.xml';

/**
 * The part that is the workbook, under whatever name: the package's relationships name it. null when the zip has none;
 * a document of another program has a part of its own there, which `openXlsx` refuses.
 */
export async function workbookPart(zip: Zip): Promise<string | null> {
  const relations = await readRelations(zip, '_rels/.rels', '');
  const document = [...relations.values()].find(({ type }) => type.endsWith('/officeDocument'));
  if (document && zip.has(document.part)) return document.part;
  return zip.has(USUAL_WORKBOOK) ? USUAL_WORKBOOK : null;
}

async function readParts(zip: Zip, workbook: string, budget: Budget): Promise<Parts> {
  const { folder, relations } = placeOf(workbook);
  const targets = await readRelations(zip, relations, folder);
  const sheets: SheetPart[] = [];
  const parts = new Set<string>();
  let from1904 = false;
  let isWorkbook = false;
  await readTags(zip, workbook, (name, read) => {
    if (name === tagName('workbook')) isWorkbook = true;
    if (name === tagName('workbookPr')) from1904 = /^(1|true)$/.test(read('date1904') ?? '');
    if (name !== tagName('sheet')) return;
    const target = targets.get(read('id') ?? '') ?? refuse('WORKBOOK_BROKEN', 'sheet');
    // Chart and dialogue sheets stand in the same list.
    if (!target.type.endsWith('/worksheet')) return;
    const hidden = /^(very)?hidden$/i.test(read('state') ?? '');
    // No program writes one part as two sheets; it would be read for each.
    const key = target.part.toLowerCase();
    if (parts.has(key)) refuse('ZIP_BOMB', 'repeated');
    parts.add(key);
    sheets.push({ name: read('name') ?? '', hidden, part: target.part });
    budget.sheets(sheets.length);
  });
  if (!isWorkbook) refuse('NOT_A_WORKBOOK');
  const partOf = (type: string) => [...targets.values()].find((target) => target.type.endsWith(type))?.part ?? null;
  return { sheets, strings: partOf('/sharedStrings'), styles: partOf('/styles'), from1904 };
}

async function readDateStyles(zip: Zip, part: string | null): Promise<Uint8Array> {
  const dateFormats = new Set(BUILT_IN_DATES);
  const styles: number[] = [];
  let inCells = false;
  if (part !== null && zip.has(part)) {
    await readTags(
      zip,
      part,
      (name, read) => {
        if (name === tagName('numFmt')) {
          if (isDateFormat(read('formatCode') ?? '')) dateFormats.add(Number(read('numFmtId')));
        } else if (name === tagName('cellXfs')) inCells = true;
        else if (name === tagName('xf') && inCells) styles.push(dateFormats.has(Number(read('numFmtId'))) ? 1 : 0);
      },
      (name) => {
        if (name === tagName('cellXfs')) inCells = false;
      },
    );
  }
  return Uint8Array.from(styles);
}

const END_OF_DATA = 'sheetData>';

/** Where the rows end in the bytes, past </sheetData> or a prefixed one; -1 when not there. */
function endOfData(bytes: Buffer): number {
  for (let at = bytes.indexOf(END_OF_DATA); at >= 0; at = bytes.indexOf(END_OF_DATA, at + 1)) {
    if (/<\/([\w.-]{1,20}:)?$/.test(bytes.toString('latin1', Math.max(0, at - 24), at))) return at + END_OF_DATA.length;
  }
  return -1;
}

/**
 * The merges of a sheet. They stand after the rows they change, so this is a pass of its own that inflates and looks
 * at nothing before </sheetData>.
 */
async function readMerges(zip: Zip, part: string, budget: Budget): Promise<Merge[]> {
  const merges: Merge[] = [];
  const handler: XmlHandler = {
    open(name, bytes, from, to) {
      if (name !== tagName('mergeCell')) return;
      const merge = readMerge(attribute(bytes, from, to, 'ref') ?? '');
      if (merge) merges.push(merge);
      budget.strings(MERGE_COST);
      if (merges.length > MOST_MERGES) refuse('WORKBOOK_TOO_LARGE', 'merges');
    },
    close: () => undefined,
    text: () => undefined,
  };
  const scanner = xmlScanner(handler);
  const overlap = END_OF_DATA.length + 24;
  let tail = Buffer.alloc(0);
  let found = false;
  for await (const chunk of zip.read(part)) {
    if (found) {
      scanner.push(chunk);
      continue;
    }
    const seam = Buffer.concat([tail, chunk.subarray(0, overlap)]);
    const inSeam = endOfData(seam);
    const end = inSeam >= 0 ? inSeam - tail.length : endOfData(chunk);
    if (inSeam >= 0 || end >= 0) {
      found = true;
      scanner.push(chunk.subarray(Math.max(0, end)));
    }
    tail = Buffer.from(chunk.subarray(Math.max(0, chunk.length - overlap)));
  }
  return merges;
}

/** Reads an .xlsx whose zip is open, from its workbook part. Rows stream; held are only the shared strings, as bytes, and the merges. */
export async function openXlsx(zip: Zip, workbook: string, limits: WorkbookLimits, budget: Budget): Promise<Workbook> {
  const { sheets, strings: stringsPart, styles, from1904 } = await readParts(zip, workbook, budget);
  if (sheets.length === 0) refuse('WORKBOOK_EMPTY');
  const dateStyles = await readDateStyles(zip, styles);

  let loading: Promise<SharedStrings> | undefined;
  function loadStrings(): Promise<SharedStrings> {
    loading ??= (async () => {
      const strings = sharedStrings(limits, budget);
      const scanner = xmlScanner(strings.handler);
      if (stringsPart !== null && zip.has(stringsPart)) {
        for await (const chunk of zip.read(stringsPart)) scanner.push(chunk);
      }
      scanner.end();
      return strings;
    })();
    return loading;
  }

  const mergesOf = new Map<string, Promise<Merge[]>>();
  function loadMerges(part: string): Promise<Merge[]> {
    const known = mergesOf.get(part) ?? readMerges(zip, part, budget);
    mergesOf.set(part, known);
    return known;
  }

  async function* rows(part: string): AsyncGenerator<SheetRow[]> {
    const [strings, merges] = await Promise.all([loadStrings(), loadMerges(part)]);
    const fill = mergeFiller(merges);
    let batch: SheetRow[] = [];
    const take = (row: SheetRow): void => {
      fill(row.number, row.cells);
      if (row.cells.length > 0) batch.push(row);
    };
    const scanner = xmlScanner(rowHandler({ strings, dateStyles, from1904, limits }, take));
    for await (const chunk of zip.read(part)) {
      scanner.push(chunk);
      if (batch.length >= BATCH_ROWS) {
        yield batch;
        batch = [];
      }
    }
    scanner.end();
    if (batch.length > 0) yield batch;
  }

  return {
    kind: 'xlsx',
    sheets: sheets.map(({ name, hidden, part }): Sheet => ({ name, hidden, rows: () => inSheet(name, rows(part)) })),
    close: async () => zip.close(),
  };
}
