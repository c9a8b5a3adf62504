import type { Budget } from './budget.ts';
import { refuse, type WorkbookLimits } from './limits.ts';
import { attribute, tagName, xmlScanner } from './xml.ts';
import type { Zip } from './zip.ts';

/** What an .ods holds that the library which reads the values does not tell. */
export interface OdsUnseen {
  /** The names of the tables that are not displayed. */
  readonly hidden: ReadonlySet<string>;
  /** The cells whose formula has no value, or an error's, with their formulas; rows and columns count from 0. */
  readonly unknown: readonly {
    readonly table: string;
    readonly row: number;
    readonly column: number;
    readonly text: string;
  }[];
}

const STYLE = tagName('style');
const TABLE_PROPERTIES = tagName('table-properties');
const TABLE = tagName('table');
const ROW = tagName('table-row');
const CELL = tagName('table-cell');
const COVERED = tagName('covered-table-cell');

/** As many as a sheet may have of them before they are no accident. */
const MOST_UNKNOWN = 100_000;
const SHOWN_FORMULA = 60;

/**
 * Looks through an .ods' content for what its reader leaves out. Reading the part to its end checks its sum too: that
 * library would take damaged bytes for values.
 */
export async function readOdsUnseen(zip: Zip, limits: WorkbookLimits, budget: Budget): Promise<OdsUnseen> {
  const styles = new Set<string>();
  const hidden = new Set<string>();
  const unknown: OdsUnseen['unknown'][number][] = [];
  let style = '';
  let table = '';
  let row = -1;
  let rowTimes = 1;
  let column = 0;
  let cells = 0;
  let tables = 0;

  function cell(bytes: Buffer, from: number, to: number): void {
    const tag = bytes.toString('latin1', from, to);
    const times = tag.includes('number-columns-repeated') ? count(bytes, from, to, 'number-columns-repeated') : 1;
    if (tag.includes('formula') && (!tag.includes('value-type') || /value-type\s*=\s*["']error/.test(tag))) {
      const formula = (attribute(bytes, from, to, 'formula') ?? '').replace(/^\w+:/, '').slice(0, SHOWN_FORMULA);
      for (let r = 0; r < rowTimes && unknown.length < MOST_UNKNOWN; r++) {
        for (let c = 0; c < times && unknown.length < MOST_UNKNOWN; c++) {
          unknown.push({ table, row: row + r, column: column + c, text: formula });
        }
      }
    }
    column += times;
    // Blank cells are repeated to the end of a sheet, and the library makes none of them.
    if (!tag.includes('value-type') && !tag.includes('formula')) return;
    cells += rowTimes * times;
    if (cells > limits.wholeCells) refuse('WORKBOOK_TOO_LARGE', 'cells', `${table}!A${row + 1}`);
  }

  const scanner = xmlScanner({
    open(name, bytes, from, to) {
      if (name === STYLE) style = attribute(bytes, from, to, 'name') ?? '';
      else if (name === TABLE_PROPERTIES && attribute(bytes, from, to, 'display') === 'false') styles.add(style);
      else if (name === TABLE) {
        table = attribute(bytes, from, to, 'name') ?? '';
        budget.sheets(++tables);
        row = -1;
        rowTimes = 1;
        if (styles.has(attribute(bytes, from, to, 'style-name') ?? '')) hidden.add(table);
      } else if (name === ROW) {
        row += row < 0 ? 1 : rowTimes;
        rowTimes = count(bytes, from, to, 'number-rows-repeated');
        column = 0;
      } else if (name === CELL || name === COVERED) cell(bytes, from, to);
    },
    close: () => undefined,
    text: () => undefined,
  });
  for await (const chunk of zip.read('content.xml')) scanner.push(chunk);
  return { hidden, unknown };
}

/** How often a row or cell stands there. */
function count(bytes: Buffer, from: number, to: number, name: string): number {
  return Number(attribute(bytes, from, to, name) ?? 1) || 1;
}
