import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { listCadres } from '@bangfu/contracts/pairing/cadres';
import { listPairings } from '@bangfu/contracts/pairing/pairings';
import { listVisits } from '@bangfu/contracts/pairing/visits';
import { visitPeriod } from '@bangfu/domain/pairing/visit';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { homeFigures } from '@bangfu/platform/overview/figures';
import type { Pairing } from '../../db/client.ts';
import { findCadres } from '../cadres/lists/list-cadres.query.ts';
import { findPairings } from '../pairings/list-pairings/list-pairings.query.ts';
import { listOfVisits } from '../visits/list-visits/list-visits.query.ts';

/** Pairing's figures within the caller's scope: who helps, whom, who has nobody, how often they were visited. */
export async function readHome(
  service: Pairing,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const { total } = homeFigures('pairing', caller, now);
  const month = visitPeriod(businessDayOf(now), 'month');
  const pairings = (key: 'pairedHouseholds' | 'householdsWithoutHelper' | 'overdueHouseholds', state: string) =>
    total({ key, unit: 'household', list: listPairings, query: { state } }, (reader, query) =>
      findPairings(service, reader, query, now),
    );
  const figures = await Promise.all([
    total({ key: 'helpers', unit: 'person', list: listCadres, query: { helping: 'true' } }, (reader, query) =>
      findCadres(service, reader, query, now),
    ),
    pairings('pairedHouseholds', 'paired'),
    pairings('householdsWithoutHelper', 'without'),
    total(
      { key: 'visitsThisMonth', unit: 'item', list: listVisits, query: { from: month.first, to: month.last } },
      (reader, query) => listOfVisits(service, reader, query, now),
    ),
    pairings('overdueHouseholds', 'overdue'),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
}
