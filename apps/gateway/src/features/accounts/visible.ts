import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import type { Prisma } from '../../generated/prisma/client.ts';
import { contains } from '@bangfu/domain/shared/grants';

/** The accounts an administrator may see: all with the whole county in hand, else those holding a grant in his regions. */
export function visibleAccounts(caller: Caller, county: string): Prisma.UserWhereInput {
  const whole = caller.usable.some(({ scope }) => contains(scope, { kind: 'region', code: county }, county));
  if (whole) return {};
  const inRegions = regionPrefixes(caller).map((prefix) => ({
    grants: { some: { withdrawnAt: null, scope: { path: ['code'], string_starts_with: prefix } } },
  }));
  return { OR: inRegions };
}
