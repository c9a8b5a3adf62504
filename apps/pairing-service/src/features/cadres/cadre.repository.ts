import type { BodyOf, Operation } from '@bangfu/contracts/core/operation';
import type { createCadre } from '@bangfu/contracts/pairing/cadres';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import type { Tables } from '../../operations.ts';
import { policyOn, rankOf } from '../policy/policy.repository.ts';

type CadreContent = BodyOf<typeof createCadre>;

/** The cadres of a county as commands see them. */
export const cadresOf = (read: ReadSql<Tables>, countyCode: string) =>
  read
    .selectFrom('cadre as c')
    .where('c.county_code', '=', countyCode)
    .select(['c.id', 'c.unit_id as unitId', 'c.name', 'c.rank', 'c.quota', 'c.home_village as homeVillage'])
    .select(['c.phone_sealed as phoneSealed', 'c.phone_index as phoneIndex', 'c.username', 'c.active'])
    .select(['c.relative_numbers as relativeNumbers', 'c.version']);
export type Cadre = Awaited<ReturnType<ReturnType<typeof cadresOf>['execute']>>[number];

/** What of a cadre stands in the audit as it is; the telephone does not. */
export function cadreLogged(content: Omit<CadreContent, 'phone'>) {
  const { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username } = content;
  return { unitId, name, rank, quota: ownQuota, homeVillage, relativeNumbers, username };
}

/** The columns of a cadre without the telephone. */
export function cadreColumns(content: Omit<CadreContent, 'phone'>) {
  const { unitId, name, rank, ownQuota, homeVillage, relativeNumbers, username } = content;
  return {
    unit_id: unitId,
    name,
    rank,
    quota: ownQuota,
    home_village: homeVillage,
    relative_numbers: relativeNumbers,
    username,
  };
}

/**
 * Demands what holds for a new cadre as for a changed one, who is `self`.
 * @throws DomainError RANK_UNKNOWN, PHONE_TAKEN, USERNAME_TAKEN
 */
export async function demandCadre(
  { tx, caller, now, kit }: Pick<CommandCall<Operation, Tables>, 'tx' | 'caller' | 'now' | 'kit'>,
  { rank, phone, username }: CadreContent,
  self: string | null,
): Promise<void> {
  const { content: policy } = await policyOn(tx.sql, caller.countyCode, businessDayOf(now));
  demand(rankOf(policy, rank), 'RANK_UNKNOWN', { rank });
  const county = cadresOf(tx.sql, caller.countyCode);
  const others = self === null ? county : county.where('c.id', '<>', self);
  if (phone !== null) {
    const same = await others.where('c.phone_index', '=', kit.cipher.index('phone', phone)).executeTakeFirst();
    demand(!same, 'PHONE_TAKEN', { name: same?.name ?? '' });
  }
  if (username) {
    const same = await others.where('c.username', '=', username).executeTakeFirst();
    demand(!same, 'USERNAME_TAKEN', { username });
  }
}
