import { maskName } from '@bangfu/domain/shared/person-name';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import { listFrame } from '@bangfu/contracts/evaluation/evaluations';
import { pgSql } from '@bangfu/events/sql';
import { regionPrefixes } from '@bangfu/service-kit/auth/caller';
import type { Actor } from '@bangfu/service-kit/db/command';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
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
  const after = decodeCursor(query.cursor, 1);
  const where = `evaluation_id = $1::uuid AND village_code LIKE ANY ($2) AND ($3::text IS NULL OR stratum = $3)`;
  const params = [evaluationId, likeAny(regionPrefixes(caller)), query.stratum ?? null];
  const { rows } = await reads.query<Row>(
    `SELECT household_number AS "householdNumber", village_code AS "villageCode", township_name AS "townshipName",
       village_name AS "villageName", head_name AS "headName", stratum, persons
     FROM frame_row WHERE ${where} AND ($4::text IS NULL OR household_number > $4)
     ORDER BY household_number LIMIT $5`,
    [...params, after ? String(after[0]) : null, query.limit + 1],
  );
  const count = await reads.query<{ n: number }>(`SELECT count(*) AS n FROM frame_row WHERE ${where}`, params);
  const page = toPage(rows, query.limit, count.rows[0]?.n ?? 0, (row) => [row.householdNumber]);
  if (seesNames(actor)) return page;
  return { ...page, rows: page.rows.map((row) => ({ ...row, headName: maskName(row.headName) })) };
}
