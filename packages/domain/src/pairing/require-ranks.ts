import { demand } from '../shared/errors.ts';
import type { RankRule } from './policy.ts';

/** Requires that ranks are named once and that somebody may help somebody. @throws DomainError RANK_TWICE, POLICY_NO_QUOTA */
export function requireRanks(ranks: readonly Pick<RankRule, 'rank' | 'quota'>[]): void {
  demand(new Set(ranks.map(({ rank }) => rank)).size === ranks.length, 'RANK_TWICE');
  demand(
    ranks.some(({ quota }) => quota > 0),
    'POLICY_NO_QUOTA',
  );
}
