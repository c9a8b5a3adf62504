import { followGrantScope, type RegionMove } from '@bangfu/domain/shared/region-change';
import type { Scope } from '@bangfu/domain/shared/roles';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { Tables } from '../../operations.ts';
import { type GrantRow, grantsAt } from './account.repository.ts';

/** A grant that a change of divisions rewrites, with the scopes by which it goes on. */
interface FollowedGrant {
  readonly grant: GrantRow;
  readonly scopes: readonly Scope[];
}

/** Of the grants in force or proposed those whose scopes a change of divisions rewrites. */
export async function followedGrants(
  read: ReadSql<Tables>,
  moves: readonly RegionMove[],
  now: Date,
): Promise<FollowedGrant[]> {
  const rows = await grantsAt(read, now).orderBy('g.id').execute();
  return rows.flatMap((grant) => {
    const scopes = followGrantScope(grant.scope, moves);
    return scopes ? [{ grant, scopes }] : [];
  });
}
