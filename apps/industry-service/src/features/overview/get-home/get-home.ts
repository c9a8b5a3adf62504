import { everyService } from '@bangfu/contracts/core/every-service';
import { listClaims } from '@bangfu/contracts/industry/claims';
import { listContracts } from '@bangfu/contracts/industry/contracts';
import { listDividends, listLateDividends } from '@bangfu/contracts/industry/dividends';
import { listEntities } from '@bangfu/contracts/industry/entities';
import { listIncomeHouseholds } from '@bangfu/contracts/industry/statements';
import { homeFigures } from '@bangfu/platform/overview/figures';
import { query, readAs } from '../../../operations.ts';
import { findClaims } from '../../claims/list-claims/list-claims.ts';
import { findContracts } from '../../contracts/list-contracts/list-contracts.ts';
import { findDividends } from '../../dividends/list-dividends/list-dividends.ts';
import { findLateDividends } from '../../dividends/list-late-dividends/list-late-dividends.ts';
import { findEntities } from '../../entities/list-entities/list-entities.ts';
import { findIncomeHouseholds } from '../../statements/list-income-households/list-income-households.ts';

const contract = everyService('industry');

/** This service's figures within the caller's scope; no draft of a contract or a declaration counts in any of them. */
export const getHome = query(contract.getHome, async ({ caller, now, language, kit }) => {
  const { exact, total } = homeFigures('industry', caller, now);
  const money = (key: 'dividendPaid' | 'dividendOpen', state: 'paid' | 'unpaid') =>
    exact({ key, unit: 'fen', list: listDividends, query: { state } }, async (reader) => {
      return (await findDividends(readAs(kit, reader), reader, { state, limit: 1 })).payableFen;
    });
  const figures = await Promise.all([
    total({ key: 'entities', unit: 'item', list: listEntities }, (reader, asked) =>
      findEntities(readAs(kit, reader), reader, asked, now),
    ),
    total(
      { key: 'contractsInForce', unit: 'item', list: listContracts, query: { state: 'in-force' } },
      (reader, asked) => findContracts(readAs(kit, reader), { caller: reader, now, language }, asked),
    ),
    total(
      { key: 'shareHouseholds', unit: 'household', list: listIncomeHouseholds, query: { with: 'share' } },
      (reader, asked) => findIncomeHouseholds(readAs(kit, reader), reader, asked, now),
    ),
    money('dividendPaid', 'paid'),
    money('dividendOpen', 'unpaid'),
    total({ key: 'dividendLate', unit: 'item', list: listLateDividends }, (reader, asked) =>
      findLateDividends(readAs(kit, reader), { caller: reader, now, language }, asked),
    ),
    exact({ key: 'claimsOpen', unit: 'fen', list: listClaims, query: { state: 'open' } }, async (reader) => {
      return (await findClaims(readAs(kit, reader), reader, { state: 'open', limit: 1 })).outstandingFen;
    }),
    total({ key: 'belowGuarantee', unit: 'item', list: listDividends, query: { below: 'true' } }, (reader, asked) =>
      findDividends(readAs(kit, reader), reader, asked),
    ),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
});
