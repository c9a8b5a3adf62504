import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { listProposedGrants as operation } from '@bangfu/contracts/gateway/accounts';
import type { Reader } from '@bangfu/platform/steps';
import type { Gateway } from '../../../gateway.ts';
import { IN_ORDER, waiting } from '../account.repository.ts';
import { countAdministrators } from '../grant-rules.ts';
import { toProposed } from '../proposed.ts';
import { visibleAccounts } from '../visible.ts';

const MOST = 500;

/** The proposed grants of the accounts a caller sees, and how many others could confirm one over the whole platform. */
export async function listProposedGrants(gateway: Gateway, reader: Reader): Promise<AnswerInputOf<typeof operation>> {
  const { caller, now } = reader;
  const rows = await gateway.prisma.grant.findMany({
    where: { ...waiting(now), user: visibleAccounts(caller, gateway.countyCode) },
    include: { user: true },
    orderBy: IN_ORDER,
    take: MOST,
  });
  return {
    rows: rows.map(({ user: { id, username, name }, ...row }) => ({
      ...toProposed(gateway, reader, row),
      account: { id, username, name },
    })),
    otherAdministrators: await countAdministrators(gateway.prisma, { accountId: caller.id }),
  };
}
