import { demand, DomainError } from '@bangfu/domain/shared/errors';
import { openWorkbook } from '@bangfu/service-kit/spreadsheet/open';
import type { Mark } from '../enter-marks.ts';

/** The columns of a list; their order does not matter. */
const HEADERS = ['姓名', '户编号', '出勤'] as const;
const MOST_ROWS = 2000;
/** The header stands below at most a title and a remark. */
const HEADER_WITHIN = 10;

const WORDS: Readonly<Record<Mark['mark'], readonly string[]>> = {
  present: ['出勤', '到', '已到', '签到', '是', '√', '✓', '1'],
  absent: ['缺勤', '缺', '未到', '旷课', '否', '×', 'x', '0'],
  excused: ['请假', '事假', '病假', '假'],
};

/** A line of a list: a learner and what is said of him; `mark` is null when the word is not known. */
export interface ListLine {
  readonly row: number;
  readonly name: string;
  readonly number: string;
  readonly word: string;
  readonly mark: Mark['mark'] | null;
}

const clean = (text: string | undefined) => (text ?? '').normalize('NFKC').replace(/\s+/g, '');

function markOf(word: string): Mark['mark'] | null {
  const found = Object.entries(WORDS).find(([, words]) => words.includes(word.toLowerCase()));
  return found ? (found[0] as Mark['mark']) : null;
}

/**
 * Reads an attendance list (.xlsx, .csv and the other kinds a workbook may be): its first sheet that has the columns.
 * @throws DomainError LIST_HEADER, LIST_TOO_LONG and those of openWorkbook
 */
export async function readList(path: string): Promise<ListLine[]> {
  const workbook = await openWorkbook(path, { fileBytes: 10 * 2 ** 20, wholeFileBytes: 10 * 2 ** 20 });
  try {
    for (const sheet of workbook.sheets) {
      const lines: ListLine[] = [];
      let columns: number[] | null = null;
      for await (const batch of sheet.rows()) {
        for (const { number, cells } of batch) {
          const texts = cells.map((cell) => clean(cell?.text));
          if (!columns) {
            const at = HEADERS.map((header) => texts.indexOf(header));
            if (!at.includes(-1)) columns = at;
            else if (number >= HEADER_WITHIN) break;
            continue;
          }
          const [name = '', household = '', word = ''] = columns.map((at) => texts[at] ?? '');
          if (name === '' && household === '') continue;
          lines.push({ row: number, name, number: household, word, mark: markOf(word) });
          demand(lines.length <= MOST_ROWS, 'LIST_TOO_LONG', { limit: MOST_ROWS });
        }
      }
      if (columns) return lines;
    }
  } finally {
    await workbook.close();
  }
  throw new DomainError('LIST_HEADER', { headers: HEADERS.join('、') });
}
