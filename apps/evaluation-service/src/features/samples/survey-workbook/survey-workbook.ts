import { downloadSurveyWorkbook as operation, type SampleRow } from '@bangfu/contracts/evaluation/samples';
import { STRATUM_NAMES } from '@bangfu/domain/evaluation/frame';
import { CELL_ORDER, QUESTIONNAIRE, type QuestionnaireField } from '@bangfu/domain/evaluation/questionnaire';
import { demand } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/events/sql';
import type { Actor } from '@bangfu/service-kit/db/command';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { type ExportColumn, type ExportValue, xlsxWriter } from '@bangfu/service-kit/spreadsheet/write';
import type { Writable } from 'node:stream';
import type { Response } from 'express';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { noteLook } from '../../evaluations/looks.ts';
import { readSampleRows } from '../list-sample/list-sample.query.ts';

/** What is printed in a row; answers are blank until an enumerator gives them. */
export type Answers = Readonly<Partial<Record<QuestionnaireField, ExportValue>>>;

const ROLE_NAMES = { sample: '样本户', replacement: '替换户' } as const;
const WHOLE = new Set<QuestionnaireField>(['position', 'framePersons', 'persons', 'wronglyExited', 'missed']);
const WIDE = new Set<QuestionnaireField>(['returnId', 'householdNumber', 'judgement', 'evidence']);

const COLUMNS: readonly ExportColumn[] = CELL_ORDER.map((field) => ({
  header: QUESTIONNAIRE[field],
  kind: WHOLE.has(field) ? 'number' : 'text',
  width: WIDE.has(field) ? 22 : 12,
}));

/** The number of a household's first return, printed in its row; a correction is given the next one by hand. */
const firstReturnId = (householdNumber: string): string => `${householdNumber}-1`;

const printed = (row: SampleRow): Answers => ({
  returnId: firstReturnId(row.householdNumber),
  householdNumber: row.householdNumber,
  township: row.townshipName,
  village: row.villageName,
  headName: row.headName,
  stratum: STRATUM_NAMES[row.stratum],
  role: ROLE_NAMES[row.role],
  position: row.position,
  framePersons: row.persons,
});

/** Writes the questionnaire for rows of a sample; `answers` fills the answer columns where there are any. */
export async function writeQuestionnaire(
  out: Writable,
  rows: readonly SampleRow[],
  answers: (row: SampleRow) => Answers = () => ({}),
): Promise<void> {
  const writer = await xlsxWriter(out, { sheetName: '入户调查表', columns: COLUMNS });
  for (const row of rows) {
    const cells = { ...printed(row), ...answers(row) };
    await writer.write(CELL_ORDER.map((field) => cells[field]));
  }
  await writer.end();
}

/** Samples are a few thousand households; one beyond this is not surveyed from one sheet. */
const MOST_ROWS = 100_000;

/** Every row of an evaluation's sample within the caller's region. */
export async function wholeSample(service: Evaluation, actor: Actor, evaluationId: string): Promise<SampleRow[]> {
  const reads = readsOf(service, actor.caller);
  const { rows } = await readSampleRows(reads, actor.caller, evaluationId, { limit: MOST_ROWS });
  return rows.sort((a, b) => b.role.localeCompare(a.role) || (a.key < b.key ? -1 : 1));
}

/** Sends the enumerators' workbook: sampled households first, then the replacement list in its order. */
export async function downloadSurveyWorkbook(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  response: Response,
): Promise<void> {
  const evaluation = await getVisible(pgSql(readsOf(service, actor.caller)), evaluationId, actor.caller);
  demand(evaluation.sample, 'EVALUATION_NOT_DRAWN');
  const rows = await wholeSample(service, actor, evaluationId);
  const action = operation.audit ?? '';
  await noteLook(service, actor, { action, evaluationId, sensitive: true, detail: { rows: rows.length } });
  response.setHeader('content-type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  const name = encodeURIComponent(`${evaluation.name}-入户调查表.xlsx`);
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${name}`);
  await writeQuestionnaire(response, rows);
}
