import type { Caller } from '@bangfu/platform/auth/caller';
import type { Gateway } from '../../../gateway.ts';
import type { User } from '../../../generated/prisma/client.ts';
import { inForce } from '../../accounts/account.repository.ts';
import { findHousehold } from '../../../services/households.ts';

const HOUSEHOLD_NUMBER = /^\d{6,40}$/;

/** The account a typed name belongs to: by its user name, or by the number of the household it speaks for (cli.md). */
export async function accountNamed(gateway: Gateway, name: string, from: Caller, now: Date): Promise<User | null> {
  const user = await gateway.prisma.user.findUnique({ where: { username: name } });
  if (user || !HOUSEHOLD_NUMBER.test(name)) return user;
  const household = await findHousehold(gateway, { number: name }, from);
  if (!household) return null;
  const grant = await gateway.prisma.grant.findFirst({
    where: {
      role: 'household',
      scope: { equals: { kind: 'household', id: household.id } },
      ...inForce(now),
    },
    include: { user: true },
    orderBy: [{ givenAt: 'desc' }, { id: 'desc' }],
  });
  return grant?.user ?? null;
}
