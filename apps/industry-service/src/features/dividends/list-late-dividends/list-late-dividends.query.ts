import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { listLateDividends as operation } from '@bangfu/contracts/industry/dividends';
import { LATE_CODES } from '@bangfu/domain/industry/late-alarms';
import { pgSql } from '@bangfu/data/sql';
import { listOrder } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { render } from '@bangfu/platform/http/messages';
import { pageOf, type RowKey } from '@bangfu/platform/http/page';
import type { Industry } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import type { Reader } from '@bangfu/platform/steps';
import { villagesOf } from '../../declarations/declaration.repository.ts';
import { findLate } from '../../overview/late.query.ts';

type Row = AnswerInputOf<typeof operation>['rows'][number];

const ORDER = listOrder<QueryOf<typeof operation>, RowKey<Row>>(
  {
    entityName: { of: (row) => row.entityName, isName: true },
    contractNumber: { of: (row) => row.contractNumber },
    year: { of: (row) => row.year },
    code: { of: (row) => LATE_CODES.indexOf(row.code) },
    days: { of: (row) => row.days },
    dueOn: { of: (row) => row.dueOn },
  },
  [
    { of: (row) => row.days, down: true },
    { of: (row) => row.contractNumber },
    { of: (row) => row.year },
    { of: (row) => row.dueOn },
    { of: (row) => row.code },
    { of: (row) => row.contractId },
  ],
);

/** One page of what is late within the caller's scope, the longest first. */
export async function listLateDividends(
  service: Industry,
  { caller, now, language }: Reader,
  query: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  const late = await findLate(pgSql(readsOf(service, caller)), caller, now);
  const rows = late.map((alarm) => {
    const { villages: _villages, ...row } = alarm;
    const params = { days: row.days, villages: villagesOf(alarm) };
    return { ...row, message: render(MESSAGES, row.code, params, language) };
  });
  return pageOf<Row>(rows, ORDER, query);
}
