import { demand } from '@bangfu/domain/shared/errors';
import { type ListShape, takeList } from '@bangfu/service-kit/spreadsheet/take-list';
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
  const lines: ListLine[] = [];
  const shape: ListShape<number[]> = {
    headerWithin: HEADER_WITHIN,
    header(cells) {
      const texts = cells.map(clean);
      const columns = HEADERS.map((header) => texts.indexOf(header));
      return columns.includes(-1) ? null : columns;
    },
    row({ number: row, cells }, columns) {
      const [name = '', number = '', word = ''] = columns.map((at) => clean(cells[at]?.text));
      if (name === '' && number === '') return;
      lines.push({ row, name, number, word, mark: markOf(word) });
      demand(lines.length <= MOST_ROWS, 'LIST_TOO_LONG', { limit: MOST_ROWS });
    },
  };
  const found = await takeList(path, shape, 'first', { fileBytes: 10 * 2 ** 20, wholeFileBytes: 10 * 2 ** 20 });
  demand(found > 0, 'LIST_HEADER', { headers: HEADERS.join('、') });
  return lines;
}
