import { industryPolicy } from '../../../db/policy.ts';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/contracts';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { DIVIDEND_YEARS } from '@bangfu/domain/industry/dividend-period';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsNumber, holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import type { Reader } from '@bangfu/platform/steps';
import { contractTo } from '../../../db/contract-days.ts';
import { query, type Tables } from '../../../operations.ts';
import { findingsOf } from '../policy.ts';
import { contracts, shownContracts, stateOn } from '../shown-contract.ts';

type Asked = QueryOf<typeof contract.listContracts>;

const orderOn = (today: BusinessDay) =>
  orderOf<Asked>()(contracts, ({ text, name, day, number, stage, id }) => ({
    columns: {
      number: text('c.number'),
      entityName: name('e.name'),
      from: day('c.period_from'),
      to: day(contractTo),
      guaranteedBp: number('c.guaranteed_bp'),
      profitShareBp: number('c.profit_share_bp'),
      dividendYear: stage('c.dividend_year', DIVIDEND_YEARS),
      state: stage((eb) => stateOn(eb, today), contract.CONTRACT_STATES),
      signedOn: { ...day('c.signed_on'), nullable: true },
      households: number('c.households'),
      stakeFen: number('c.stake_fen'),
    },
    own: [text('c.number'), id('c.id')],
  }));

/** One page of the contracts a caller sees, as the list and the home show them. */
export async function findContracts(
  read: ReadSql<Tables>,
  { caller, now, language }: Reader,
  asked: Asked,
): Promise<AnswerInputOf<typeof contract.listContracts>> {
  const today = businessDayOf(now);
  const { entityId, state } = asked;
  const pattern = searchPattern(asked.search);
  let found = shownContracts(read, caller, today);
  if (entityId !== undefined) found = found.where('c.entity_id', '=', entityId);
  if (state === 'signed') found = found.where('c.state', '<>', 'drafted');
  else if (state !== undefined) found = found.where((eb) => eb(stateOn(eb, today), '=', state));
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([holdsName(eb.ref('e.name'), pattern), beginsNumber(eb.ref('c.number'), pattern)]),
    );
  }
  const page = await pageOfList(found, orderOn(today), asked);
  const policy = await industryPolicy(read, caller, now);
  return { ...page, rows: page.rows.map((row) => ({ ...row, findings: findingsOf(row, policy, { now, language }) })) };
}

/** Contracts by number. */
export const listContracts = query(contract.listContracts, (call) => findContracts(call.read, call, call.query));
