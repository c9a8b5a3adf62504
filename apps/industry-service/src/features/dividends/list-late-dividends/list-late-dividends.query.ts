import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listLateDividends as operation } from '@bangfu/contracts/industry/dividends';
import { addDays, businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { listOrder } from '@bangfu/service-kit/db/list-order';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { render } from '@bangfu/service-kit/http/messages';
import { pageOf, type RowKey } from '@bangfu/service-kit/http/page';
import type { Industry } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { findLate } from '../../overview/late.query.ts';

type Row = AnswerInputOf<typeof operation>['rows'][number];

const ORDER = listOrder<QueryOf<typeof operation>, RowKey<Row>>(
  {
    entityName: { of: (row) => row.entityName, isName: true },
    contractNumber: { of: (row) => row.contractNumber },
    year: { of: (row) => row.year },
    code: { of: (row) => row.code },
    days: { of: (row) => row.days },
    dueOn: { of: (row) => row.dueOn },
  },
  [
    { of: (row) => row.days, down: true },
    { of: (row) => row.contractNumber },
    { of: (row) => row.year },
    { of: (row) => row.contractId },
  ],
);

/** One page of what is late within the caller's scope, the longest first. */
export async function listLateDividends(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const today = businessDayOf(now);
  const late = await findLate(pgSql(readsOf(service, caller)), caller, now);
  const rows = late.map((row) => ({
    ...row,
    message: render(MESSAGES, row.code, { days: row.days }, language),
    dueOn: addDays(today, -row.days),
  }));
  return pageOf<Row>(rows, ORDER, query);
}
