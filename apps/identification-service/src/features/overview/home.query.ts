import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import { getQuality, listHouseholds } from '@bangfu/contracts/identification/households';
import type { Caller } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import { homeFigures } from '@bangfu/platform/overview/figures';
import type { Identification } from '../../db/client.ts';
import { householdWhere } from '../households/household-filter.ts';
import { listHouseholds as findHouseholds } from '../households/list-households/list-households.query.ts';
import { getQuality as readQuality } from '../quality/get-quality/get-quality.query.ts';

/** The register's figures within the caller's scope, counted at this moment. */
export async function getHome(
  service: Identification,
  caller: Caller,
  now: Date,
): Promise<AnswerInputOf<EveryService['getHome']>> {
  const { exact, total } = homeFigures('identification', caller, now);
  const households = (key: 'households' | 'registered' | 'exited', query: Record<string, string>) =>
    total({ key, unit: 'household', list: listHouseholds, query }, (reader, asked) =>
      findHouseholds(service, reader, asked),
    );
  const figures = await Promise.all([
    households('households', {}),
    exact({ key: 'persons', unit: 'person', list: listHouseholds }, (reader) => countMembers(service, reader)),
    households('registered', { status: 'poor' }),
    households('exited', { status: 'exited' }),
    exact({ key: 'qualityProblems', unit: 'item', list: getQuality }, async (reader) => {
      const { rules } = await readQuality(service, reader, undefined, 'zh');
      return rules.reduce((sum, rule) => sum + rule.count, 0);
    }),
  ]);
  return { asOf: now.toISOString(), figures: figures.flat() };
}

async function countMembers(service: Identification, reader: Caller): Promise<number> {
  const { sql, params } = householdWhere({}, reader, service.cipher);
  const { rows } = await readsOf(service, reader).query<{ persons: number }>(
    `SELECT coalesce(sum(h.member_count), 0)::bigint AS persons FROM household h WHERE ${sql}`,
    [...params],
  );
  return rows[0]?.persons ?? 0;
}
