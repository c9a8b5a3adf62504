import { everyService } from '@bangfu/contracts/core/every-service';
import { listCadres } from '@bangfu/contracts/pairing/cadres';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { listVisits } from '@bangfu/contracts/pairing/visits';
import { visitPeriod } from '@bangfu/domain/pairing/visit';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { homeFigures } from '@bangfu/platform/overview/figures';
import { query, readAs } from '../../../operations.ts';
import { findCadres } from '../../cadres/list-cadres/list-cadres.ts';
import { findPairings } from '../../pairings/list-pairings/list-pairings.ts';
import { findVisits } from '../../visits/list-visits/list-visits.ts';

const contract = everyService('pairing');

/** Pairing's figures within the caller's scope: who helps, whom, who has nobody, how often they were visited. */
export const getHome = query(contract.getHome, async ({ caller, now, kit }) => {
  const { total } = homeFigures('pairing', caller, now);
  const month = visitPeriod(businessDayOf(now), 'month');
  const pairings = (key: 'pairedHouseholds' | 'householdsWithoutHelper' | 'overdueHouseholds', state: string) =>
    total({ key, unit: 'household', list: listPairings, query: { state } }, (reader, asked) =>
      findPairings(readAs(kit, reader), reader, asked, now),
    );
  const figures = await Promise.all([
    total({ key: 'helpers', unit: 'person', list: listCadres, query: { helping: 'true' } }, (reader, asked) =>
      findCadres(readAs(kit, reader), reader, asked, now),
    ),
    pairings('pairedHouseholds', 'paired'),
    pairings('householdsWithoutHelper', 'without'),
    total(
      { key: 'visitsThisMonth', unit: 'item', list: listVisits, query: { from: month.first, to: month.last } },
      (reader, asked) => findVisits(readAs(kit, reader), reader, asked, now),
    ),
    pairings('overdueHouseholds', 'overdue'),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
});
