import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listLateDividends as operation } from '@bangfu/contracts/industry/dividends';
import { addDays, businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { render } from '@bangfu/service-kit/http/messages';
import { decodeCursor, toPage } from '@bangfu/service-kit/http/page';
import type { Industry } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import type { Reader } from '../../../reader.ts';
import { findLate } from '../../overview/late.query.ts';

/** One page of what is late within the caller's scope, the longest first. */
export async function listLateDividends(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const today = businessDayOf(now);
  const late = (await findLate(pgSql(readsOf(service, caller)), caller, now)).toSorted((a, b) => b.days - a.days);
  const [contractId, year] = decodeCursor(query.cursor, 2) ?? [];
  const first = late.findIndex((row) => row.contractId === contractId && row.year === year) + 1;
  const rows = late.slice(first, first + query.limit + 1).map((row) => ({
    ...row,
    message: render(MESSAGES, row.code, { days: row.days }, language),
    dueOn: addDays(today, -row.days),
  }));
  return toPage(rows, query.limit, late.length, (row) => [row.contractId, row.year]);
}
