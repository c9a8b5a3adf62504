import type { Writable } from 'node:stream';
import type { SampleRow } from '@bangfu/contracts/evaluation/samples';
import { CELL_ORDER, QUESTIONNAIRE, type QuestionnaireField } from '@bangfu/domain/evaluation/questionnaire';
import { type ExportColumn, type ExportValue, xlsxWriter } from '@bangfu/platform/spreadsheet/write';

/** What is printed in a row; answers are blank until an enumerator gives them. */
export type Answers = Readonly<Partial<Record<QuestionnaireField, ExportValue>>>;

const ROLE_NAMES = { sample: '样本户', replacement: '替换户' } as const;
const COUNTS = new Set<QuestionnaireField>(['position', 'persons', 'wronglyExited', 'missed']);
const WIDE = new Set<QuestionnaireField>(['returnId', 'householdNumber', 'judgement', 'evidence']);

const COLUMNS: readonly ExportColumn[] = CELL_ORDER.map((field) => ({
  header: QUESTIONNAIRE[field],
  kind: COUNTS.has(field) ? 'number' : 'text',
  width: WIDE.has(field) ? 22 : 12,
}));

/** The number of a household's first return, printed in its row; a correction is given the next one by hand. */
const firstReturnId = (householdNumber: string): string => `${householdNumber}-1`;

const GROUP_NAMES = ['甲', '乙', '丙', '丁'] as const;
const groupKey = ({ villageCode, stratum }: SampleRow): string => `${villageCode}/${stratum}`;

/**
 * The letter under which a village's households replace one another. They are the strata, named in the order of their
 * lowest household number, so that a letter says nothing of what the register holds (domain, an interview form shows
 * no value of the register before the answer).
 */
function replacementGroups(rows: readonly SampleRow[]): (row: SampleRow) => string {
  const byNumber = rows
    .filter(({ role }) => role === 'sample')
    .toSorted((a, b) => (a.householdNumber < b.householdNumber ? -1 : 1));
  const letters = new Map<string, string>();
  for (const own of Map.groupBy(byNumber, (row) => row.villageCode).values()) {
    for (const [at, key] of [...new Set(own.map(groupKey))].entries()) letters.set(key, GROUP_NAMES[at] ?? '');
  }
  return (row) => letters.get(groupKey(row)) ?? '';
}

const printed = (row: SampleRow, group: string): Answers => ({
  returnId: firstReturnId(row.householdNumber),
  householdNumber: row.householdNumber,
  township: row.townshipName,
  village: row.villageName,
  headName: row.headName,
  role: ROLE_NAMES[row.role],
  group,
  // A sampled household's place within its stratum would say how many are before it.
  position: row.role === 'replacement' ? row.position : null,
});

/**
 * Writes the questionnaire for rows of a sample, sampled households by number, then the replacements in their order; `answers` fills
 * the answer columns where there are any.
 */
export async function writeQuestionnaire(
  out: Writable,
  rows: readonly SampleRow[],
  answers: (row: SampleRow) => Answers = () => ({}),
): Promise<void> {
  const writer = await xlsxWriter(out, { sheetName: '入户调查表', columns: COLUMNS });
  const groupOf = replacementGroups(rows);
  const key = (row: SampleRow) =>
    row.role === 'sample'
      ? `0/${row.villageCode}/${row.householdNumber}`
      : `1/${row.villageCode}/${groupOf(row)}/${String(row.position).padStart(5, '0')}`;
  for (const row of rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))) {
    const cells = { ...printed(row, groupOf(row)), ...answers(row) };
    await writer.write(CELL_ORDER.map((field) => cells[field]));
  }
  await writer.end();
}
