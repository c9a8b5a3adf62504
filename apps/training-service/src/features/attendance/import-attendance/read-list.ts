import type { ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import type { JobRun } from '@bangfu/platform/jobs/job';
import { readListIn } from '@bangfu/platform/jobs/list-job';
import type { ReadList } from '@bangfu/platform/spreadsheet/read-list';
import type { Mark } from '../enter-marks.ts';

type Key = 'name' | 'number' | 'word';

/** The columns of a list; their order does not matter. */
const COLUMNS: readonly ListColumn<Key>[] = [
  { key: 'name', headers: ['姓名', '学员姓名', '名字'], kind: 'name' },
  { key: 'number', headers: ['户编号', '户编码', '户号'], kind: 'number' },
  { key: 'word', headers: ['出勤', '出勤情况', '考勤', '签到'] },
];
const MOST_ROWS = 2000;
export const MAX_LIST_BYTES = 10 * 2 ** 20;

const WORDS: Readonly<Record<Mark['mark'], readonly string[]>> = {
  present: ['出勤', '到', '已到', '签到', '是', '√', '✓', '1'],
  absent: ['缺勤', '缺', '未到', '旷课', '否', '×', 'x', '0'],
  excused: ['请假', '事假', '病假', '假'],
};

/** A line of a list: a learner and what is said of him; `mark` is null when the word is not known. */
export interface ListLine {
  readonly sheet: string;
  readonly row: number;
  readonly name: string;
  readonly number: string;
  readonly word: string;
  readonly mark: Mark['mark'] | null;
}

function markOf(word: string): Mark['mark'] | null {
  const plain = word.replace(/\s+/g, '').toLowerCase();
  const found = Object.entries(WORDS).find(([, words]) => words.includes(plain));
  return found ? (found[0] as Mark['mark']) : null;
}

/** An attendance list as it was read. Lines of which something cannot be known are among the problems instead. */
export interface AttendanceList extends Pick<ReadList<Key>, 'problems' | 'warnings'> {
  readonly lines: readonly ListLine[];
}

/**
 * Reads an attendance list (.xlsx, .csv and the other kinds a workbook may be).
 * @throws DomainError of `readList`
 */
export async function readAttendance(
  path: string,
  run: Pick<JobRun<unknown>, 'advance' | 'signal'>,
): Promise<AttendanceList> {
  const { rows, problems, warnings } = await readListIn(run, path, COLUMNS, {
    mostRows: MOST_ROWS,
    limits: { fileBytes: MAX_LIST_BYTES, wholeFileBytes: MAX_LIST_BYTES },
  });
  const lines = rows.flatMap(({ sheet, row, values, unknown }): ListLine[] => {
    if (unknown.size > 0 || Object.values(values).every((value) => value === '')) return [];
    return [{ sheet, row, ...values, mark: markOf(values.word) }];
  });
  return { lines, problems, warnings };
}
