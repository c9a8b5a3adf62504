import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { listClaims } from '@bangfu/contracts/industry/claims';
import { listContracts } from '@bangfu/contracts/industry/contracts';
import { listDividends, listLateDividends } from '@bangfu/contracts/industry/dividends';
import { listEntities } from '@bangfu/contracts/industry/entities';
import { listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import type { Caller } from '@bangfu/platform/auth/caller';
import { homeFigures } from '@bangfu/platform/overview/figures';
import type { Industry } from '../../db/client.ts';
import { readAs } from '../../operations.ts';
import type { Reader } from '@bangfu/platform/steps';
import { listClaims as findClaims } from '../claims/list-claims/list-claims.query.ts';
import { findContracts } from '../contracts/list-contracts/list-contracts.ts';
import { findDividends } from '../dividends/list-dividends/list-dividends.ts';
import { findLateDividends } from '../dividends/list-late-dividends/list-late-dividends.ts';
import { findEntities } from '../entities/list-entities/list-entities.ts';
import { listIncomeHouseholds as findHouseholds } from '../statements/income-statement/income-statement.query.ts';

/** This service's figures within the caller's scope; no draft of a contract or a declaration counts in any of them. */
export async function getHome(
  service: Industry,
  { caller, now, language }: Reader,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const { exact, total } = homeFigures('industry', caller, now);
  const money = (key: 'dividendPaid' | 'dividendOpen', state: 'paid' | 'unpaid') =>
    exact({ key, unit: 'fen', list: listDividends, query: { state } }, async (reader: Caller) => {
      return (await findDividends(readAs(service, reader), reader, { state, limit: 1 })).payableFen;
    });
  const figures = await Promise.all([
    total({ key: 'entities', unit: 'item', list: listEntities }, (reader, query) =>
      findEntities(readAs(service, reader), reader, query, now),
    ),
    total(
      { key: 'contractsInForce', unit: 'item', list: listContracts, query: { state: 'in-force' } },
      (reader, query) => findContracts(readAs(service, reader), { caller: reader, now, language }, query),
    ),
    total(
      { key: 'shareHouseholds', unit: 'household', list: listIncomeHouseholds, query: { with: 'share' } },
      (reader, query) => findHouseholds(service, reader, query),
    ),
    money('dividendPaid', 'paid'),
    money('dividendOpen', 'unpaid'),
    total({ key: 'dividendLate', unit: 'item', list: listLateDividends }, (reader, query) =>
      findLateDividends(service, { caller: reader, now, language }, query),
    ),
    exact(
      { key: 'claimsOpen', unit: 'fen', list: listClaims, query: { state: 'open' } },
      async (reader: Caller) => (await findClaims(service, reader, { state: 'open', limit: 1 })).outstandingFen,
    ),
    total({ key: 'belowGuarantee', unit: 'item', list: listDividends, query: { below: 'true' } }, (reader, query) =>
      findDividends(readAs(service, reader), reader, query),
    ),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
}
