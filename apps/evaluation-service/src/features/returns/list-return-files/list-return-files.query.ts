import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/evaluation/returns';
import { QUESTIONNAIRE } from '@bangfu/domain/evaluation/questionnaire';
import { pgSql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import { byNumber, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { KIT_MESSAGES, render } from '@bangfu/platform/http/messages';
import type { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Evaluation } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import { getVisible } from '../../evaluations/evaluation.repository.ts';
import { evaluatorPrefixes, isOpenToAll, noteLook, samplePrefixes } from '../../evaluations/looks.ts';
import { findReturnFiles, getReturnFile } from '../return.repository.ts';

/** The files of returns of one evaluation, newest first. */
export async function listReturnFiles(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  query: QueryOf<typeof contract.listReturnFiles>,
): Promise<AnswerInputOf<typeof contract.listReturnFiles>> {
  const reads = readsOf(service, actor.caller);
  await getVisible(pgSql(reads), evaluationId, actor.caller);
  await noteLook(service, actor, { action: 'evaluation.returns.read', evaluationId, sensitive: false });
  return findReturnFiles(pgSql(reads), evaluationId, query);
}

interface ProblemRow {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly code: string;
  readonly household: string | null;
}

const AS_FOUND = listOrder({}, [byNumber('position')]);

/** The columns of the questionnaire whose cells name a household. */
const NAMING_COLUMNS: ReadonlySet<string> = new Set(
  (['returnId', 'corrects', 'householdNumber', 'township', 'village', 'headName'] as const).map(
    (field) => QUESTIONNAIRE[field],
  ),
);

/**
 * What kept rows of one file from being accepted, by row, and then what of it was not read. Until the returns are in
 * nobody but the evaluator reads which household a row is about.
 */
export async function listReturnProblems(
  service: Evaluation,
  actor: Actor,
  { evaluationId, fileId }: { evaluationId: string; fileId: string },
  query: QueryOf<typeof contract.listReturnProblems>,
  language: 'zh' | 'en',
): Promise<AnswerInputOf<typeof contract.listReturnProblems>> {
  const reads = readsOf(service, actor.caller);
  const evaluation = await getVisible(pgSql(reads), evaluationId, actor.caller);
  const open = isOpenToAll(evaluation, actor.now) || evaluatorPrefixes(actor.caller, evaluationId).length > 0;
  await noteLook(service, actor, {
    action: 'evaluation.returns.read',
    evaluationId,
    sensitive: false,
    detail: { fileId },
  });
  const file = await getReturnFile(pgSql(reads), evaluationId, fileId);
  const page = await readPage<ProblemRow>(pgSql(reads), AS_FOUND, query, {
    columns: '"row", "column", value, code, household',
    from: 'FROM return_problem WHERE file_id = $1::uuid',
    params: [fileId],
    total: file.problems,
  });
  const messages = { ...KIT_MESSAGES, ...MESSAGES };
  return {
    ...page,
    rows: page.rows.map((problem) => {
      const value = open || !NAMING_COLUMNS.has(problem.column) ? problem.value : '';
      const params = { household: problem.household ?? '', column: problem.column, value };
      return {
        ...problem,
        household: open ? problem.household : null,
        value,
        message: render(messages, problem.code, params, language),
      };
    }),
  };
}

/** Sends a sealed file as it came in, once the returns are in. @throws DomainError SAMPLE_CLOSED */
export async function downloadReturnFile(
  service: Evaluation,
  actor: Actor,
  { evaluationId, fileId }: { evaluationId: string; fileId: string },
  response: Response,
): Promise<void> {
  const sql = pgSql(readsOf(service, actor.caller));
  samplePrefixes(actor, await getVisible(sql, evaluationId, actor.caller));
  const file = await getReturnFile(sql, evaluationId, fileId);
  const action = contract.downloadReturnFile.audit ?? '';
  await noteLook(service, actor, { action, evaluationId, sensitive: true, detail: { fileId, sha256: file.sha256 } });
  response.setHeader('content-type', 'application/octet-stream');
  response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`);
  await pipeline(await service.files.read(file.sha256), response);
}
