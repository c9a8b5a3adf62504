import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/dividends';
import { listOrder } from '@bangfu/data/list-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { LATE_CODES } from '@bangfu/domain/industry/late-alarms';
import { render } from '@bangfu/platform/http/messages';
import { pageOf, type RowKey } from '@bangfu/platform/http/page';
import type { Reader } from '@bangfu/platform/steps';
import { MESSAGES } from '../../../messages.ts';
import { query, type Tables } from '../../../operations.ts';
import { villagesOf } from '../../declarations/declaration.repository.ts';
import { findLate } from '../../overview/late.ts';

type Asked = QueryOf<typeof contract.listLateDividends>;
type Row = AnswerInputOf<typeof contract.listLateDividends>['rows'][number];

const ORDER = listOrder<Asked, RowKey<Row>>(
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

/** One page of what is late within a reader's scope, the longest first. */
export async function findLateDividends(read: ReadSql<Tables>, { caller, now, language }: Reader, asked: Asked) {
  const late = await findLate(read, caller, now);
  const rows = late.map((alarm) => {
    const { villages: _villages, ...row } = alarm;
    const params = { days: row.days, villages: villagesOf(alarm) };
    return { ...row, message: render(MESSAGES, row.code, params, language) };
  });
  return pageOf<Row>(rows, ORDER, asked);
}

/** What is late of the dividends of the caller's scope. */
export const listLateDividends = query(contract.listLateDividends, (call) =>
  findLateDividends(call.read, call, call.query),
);
