import { everyService } from '@bangfu/contracts/core/every-service';
import { sumOf } from '@bangfu/data/sum-of';
import { getQuality, listHouseholds } from '@bangfu/contracts/identification/households';
import type { Caller } from '@bangfu/platform/auth/caller';
import { homeFigures } from '@bangfu/platform/overview/figures';
import type { ServiceKit } from '@bangfu/platform/service';
import { query, readAs } from '../../../operations.ts';
import { isAskedFor } from '../../households/household-filter.ts';
import { findHouseholds } from '../../households/list-households/list-households.ts';
import { countBreaches } from '../../quality/get-quality/get-quality.ts';

const contract = everyService('identification');

/** The register's figures within the caller's scope, counted at this moment. */
export const getHome = query(contract.getHome, async ({ kit, caller, now }) => {
  const { exact, total } = homeFigures('identification', caller, now);
  const households = (key: 'households' | 'registered' | 'exited', query: Record<string, string>) =>
    total({ key, unit: 'household', list: listHouseholds, query }, (reader, asked) =>
      findHouseholds(readAs(kit, reader), reader, asked, kit.cipher),
    );
  const figures = await Promise.all([
    households('households', {}),
    exact({ key: 'persons', unit: 'person', list: listHouseholds }, (reader) => countMembers(kit, reader)),
    households('registered', { status: 'poor' }),
    households('exited', { status: 'exited' }),
    exact({ key: 'qualityProblems', unit: 'item', list: getQuality }, (reader) =>
      countBreaches(readAs(kit, reader), reader),
    ),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
});

async function countMembers(kit: ServiceKit, reader: Caller): Promise<number> {
  const { persons } = await readAs(kit, reader)
    .selectFrom('household as h')
    .where((eb) => isAskedFor(eb, {}, reader, kit.cipher))
    .select(({ ref }) => sumOf(ref('h.member_count')).as('persons'))
    .executeTakeFirstOrThrow();
  return persons;
}
