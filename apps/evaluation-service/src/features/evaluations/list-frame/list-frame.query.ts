import { maskName } from '@bangfu/domain/shared/person-name';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { listFrame } from '@bangfu/contracts/evaluation/evaluations';
import { StratumCode } from '@bangfu/contracts/evaluation/plan';
import { pgSql } from '@bangfu/data/sql';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Actor } from '@bangfu/platform/db/command';
import { byNumber, byPerson, byStage, byText, listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { likeAny } from '@bangfu/data/scope';
import { readPage } from '@bangfu/platform/http/page';
import type { Evaluation } from '../../../db/client.ts';
import { getVisible } from '../evaluation.repository.ts';
import { noteLook, seesNames } from '../looks.ts';

interface Row {
  readonly householdNumber: string;
  readonly villageCode: string;
  readonly townshipName: string;
  readonly villageName: string;
  readonly headName: string;
  readonly stratum: 'registered-poor' | 'exited' | 'monitored' | 'general';
  readonly persons: number;
}

const NUMBER = byText('household_number');
const ORDER = listOrder<QueryOf<typeof listFrame>>(
  {
    householdNumber: NUMBER,
    headName: byPerson('head_name'),
    villageName: byText('village_code'),
    stratum: byStage('stratum', StratumCode.options),
    persons: byNumber('persons'),
  },
  [NUMBER],
);

/** The frozen frame within the caller's region, by household number. */
export async function findFrameRows(
  service: Evaluation,
  actor: Actor,
  evaluationId: string,
  query: QueryOf<typeof listFrame>,
): Promise<AnswerInputOf<typeof listFrame>> {
  const { caller } = actor;
  const reads = readsOf(service, caller);
  await getVisible(pgSql(reads), evaluationId, caller);
  await noteLook(service, actor, {
    action: listFrame.audit ?? '',
    evaluationId,
    sensitive: false,
    detail: { ...query },
  });
  const list = {
    columns: `household_number AS "householdNumber", village_code AS "villageCode", township_name AS "townshipName",
      village_name AS "villageName", head_name AS "headName", stratum, persons`,
    from: `FROM frame_row WHERE evaluation_id = $1::uuid AND village_code LIKE ANY ($2) AND ($3::text IS NULL OR stratum = $3)`,
    params: [evaluationId, likeAny(regionPrefixes(caller)), query.stratum ?? null],
  };
  const page = await readPage<Row>(pgSql(reads), ORDER, query, list, !seesNames(actor));
  if (seesNames(actor)) return page;
  return { ...page, rows: page.rows.map((row) => ({ ...row, headName: maskName(row.headName) })) };
}
