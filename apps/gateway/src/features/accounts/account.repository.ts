import { Grant as GrantContract } from '@bangfu/contracts/gateway/session';
import type { Grant } from '@bangfu/domain/shared/roles';
import type { Tx } from '../../db/client.ts';
import type { Prisma } from '../../generated/prisma/client.ts';

/** A grant's row as far as its meaning goes. */
interface GrantRow {
  readonly role: string;
  readonly scope: unknown;
  readonly until: Date | null;
}

/** A grant as it travels. */
export function grantOf(row: GrantRow): Grant {
  return GrantContract.parse({
    role: row.role,
    scope: row.scope,
    ...(row.until ? { until: row.until.toISOString() } : {}),
  });
}

/** Which rows of grants count at a moment, in force or proposed: not withdrawn, their period not over. */
export const current = (now: Date) =>
  ({ withdrawnAt: null, OR: [{ until: null }, { until: { gt: now } }] }) satisfies Prisma.GrantWhereInput;

/** Which of them are in force. */
export const inForce = (now: Date) => ({ ...current(now), isProposed: false }) satisfies Prisma.GrantWhereInput;

/** Which of them are proposals that wait. */
export const waiting = (now: Date) => ({ ...current(now), isProposed: true }) satisfies Prisma.GrantWhereInput;

/** Grants as they were given; those given together by role. */
export const IN_ORDER = [
  { givenAt: 'asc' },
  { role: 'desc' },
  { id: 'asc' },
] satisfies Prisma.GrantOrderByWithRelationInput[];

/** Writes a grant. */
export async function insertGrant(
  tx: Tx,
  grant: Grant,
  about: {
    id: string;
    userId: string;
    countyCode: string;
    by: { id: string; name: string };
    now: Date;
    isProposed: boolean;
  },
): Promise<void> {
  await tx.grant.create({
    data: {
      id: about.id,
      userId: about.userId,
      countyCode: about.countyCode,
      role: grant.role,
      scope: { ...grant.scope },
      until: grant.until ? new Date(grant.until) : null,
      givenAt: about.now,
      givenBy: about.by.id,
      givenByName: about.by.name,
      isProposed: about.isProposed,
    },
  });
}
