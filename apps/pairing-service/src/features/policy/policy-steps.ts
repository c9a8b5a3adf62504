import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/policy';
import { type PolicyStep, policyRefusal } from '@bangfu/domain/pairing/policy-steps';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import { type Reader, type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import type { Pairing } from '../../db/client.ts';
import { STEP_WORDS } from '../../steps.ts';
import { demandContent, findVersions, ranksInUse, shownVersion } from './version.repository.ts';

const COMMANDS: Record<PolicyStep, StepCommand> = {
  change: contract.changePairingPolicy,
  enforce: contract.enforcePairingPolicy,
  withdraw: contract.withdrawPairingPolicy,
  discard: contract.discardPairingPolicy,
};

/** One page of the versions of the policy, each with what the reader may do with it now. */
export async function listOpenPolicies(
  service: Pairing,
  reader: Reader,
  query: QueryOf<typeof contract.listPairingPolicies>,
): Promise<AnswerInputOf<typeof contract.listPairingPolicies>> {
  const { caller, now } = reader;
  const sql = pgSql(readsOf(service, caller));
  const page = await findVersions(sql, caller, query);
  const actor = { accountId: caller.id, today: businessDayOf(now) };
  const offered = await stepsWithin(reader, STEP_WORDS, COMMANDS, async () => new Set(page.rows.map(({ id }) => id)));
  const inUse = await ranksInUse(sql, caller.countyCode);
  const rows = page.rows.map((row) => {
    const content = refusalOf(() => demandContent(row.content, inUse));
    return { ...shownVersion(row), steps: offered(row.id, (step) => policyRefusal(step, row, actor, content)) };
  });
  return { ...page, rows };
}
