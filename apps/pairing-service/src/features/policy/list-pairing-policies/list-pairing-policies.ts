import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/policy';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type PolicyStep, POLICY_STATES, policyRefusal } from '@bangfu/domain/pairing/policy-steps';
import { refusalOf } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { type StepCommand, stepsWithin } from '@bangfu/platform/steps';
import { query, type Tables } from '../../../operations.ts';
import { STEP_WORDS } from '../../../steps.ts';
import { asStored, demandContent, ranksInUse, shownVersion, versionsOf } from '../version.repository.ts';

const COMMANDS: Record<PolicyStep, StepCommand> = {
  change: contract.changePairingPolicy,
  enforce: contract.enforcePairingPolicy,
  withdraw: contract.withdrawPairingPolicy,
  discard: contract.discardPairingPolicy,
};

const from = (read: ReadSql<Tables>) => versionsOf(read, '');
const ORDER = orderOf<QueryOf<typeof contract.listPairingPolicies>>()(from, ({ day, name, stage, instant, id }) => ({
  columns: {
    validFrom: day('p.valid_from'),
    document: name('p.document'),
    state: stage('p.state', POLICY_STATES),
    makerName: name('p.account_name'),
    enforcerName: { ...name('p.enforcer_name'), nullable: true },
    enforcedAt: { ...instant('p.enforced_at'), nullable: true },
    closerName: { ...name('p.closer_name'), nullable: true },
  },
  own: [
    { ...day('p.valid_from'), down: true },
    { ...id('p.id'), down: true },
  ],
}));

/** The versions of the county's policy, latest day first, each with what the reader may do with it now. */
export const listPairingPolicies = query(contract.listPairingPolicies, async (call) => {
  const { read, caller, now } = call;
  const page = await pageOfList(versionsOf(read, caller.countyCode), ORDER, call.query);
  const found = page.rows.map(asStored);
  const actor = { accountId: caller.id, today: businessDayOf(now) };
  const offered = await stepsWithin(call, STEP_WORDS, COMMANDS, async () => new Set(found.map(({ id }) => id)));
  const inUse = await ranksInUse(read, caller.countyCode);
  const rows = found.map((row) => {
    const content = refusalOf(() => demandContent(row.content, inUse));
    return { ...shownVersion(row), steps: offered(row.id, (step) => policyRefusal(step, row, actor, content)) };
  });
  return { ...page, rows };
});
