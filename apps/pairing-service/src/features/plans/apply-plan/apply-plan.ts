import type { BodyOf } from '@bangfu/contracts/core/operation';
import { applyPlan as operation, type PairingPlan } from '@bangfu/contracts/pairing/plans';
import { assignHelper, demandRegistered, handOver } from '@bangfu/domain/pairing/pairing';
import { demand } from '@bangfu/domain/shared/errors';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/events/sql';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { conflict } from '@bangfu/service-kit/http/refusal';
import type { Pairing } from '../../../db/client.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { pairedFact } from '../../pairings/facts.ts';
import {
  type ChainChange,
  type HelperRow,
  helperFacts,
  holdRegister,
  lockChains,
  lockHelpers,
  storeChains,
} from '../../pairings/pairing.repository.ts';
import { getPlan, shownPlan } from '../plan.repository.ts';

interface Change {
  readonly id: string;
  readonly countyCode: string;
  readonly number: string;
  readonly today: string | null;
  readonly proposed: string;
  readonly registeredOn: string | null;
}

const HANDOVER_REASON = '按结对方案调整';

/**
 * Puts an approved plan into force: every first pairing and handover of it in one transaction, through the same rules
 * as by hand. Refused whole when the register or a pairing changed since it was computed.
 * @throws DomainError PLAN_NOT_APPROVED, PLAN_APPROVER_APPLIES, PLAN_STALE, CADRE_NOT_ACTIVE, those of the rules;
 * Refusal 404, 409
 */
export function applyPlan(
  service: Pairing,
  actor: Actor,
  planId: string,
  body: BodyOf<typeof operation>,
): Promise<PairingPlan> {
  const { caller, now } = actor;
  const input = { planId, ...body };
  return runCommand(service.transaction, service.newId, operation, actor, input, async (tx, sql) => {
    const before = await getPlan(sql, planId, caller, true);
    if (before.version !== body.version) throw conflict(shownPlan(before, caller));
    demand(before.state === 'approved', 'PLAN_NOT_APPROVED');
    demand(before.approverId !== caller.id, 'PLAN_APPROVER_APPLIES');
    await holdRegister(sql);
    const changes = await changesOf(sql, planId);
    const helpers = await lockHelpers(sql, [
      ...new Set(changes.flatMap((c) => [c.proposed, ...(c.today ? [c.today] : [])])),
    ]);
    const { content } = await policyOn(sql, caller.countyCode, businessDayOf(now));
    const loads = loadsAfter(changes, helpers);
    const chains = await lockChains(
      sql,
      changes.map(({ id }) => id),
    );
    const from = body.from as BusinessDay;
    const changed = changes.map((change): ChainChange => {
      demandRegistered(change.registeredOn, from);
      const chain = chains.get(change.id) ?? { householdId: change.id, links: [] };
      const helper = helpers.get(change.proposed);
      demand(helper?.active, 'CADRE_NOT_ACTIVE', { name: helper?.name ?? '' });
      // The plan is one step: what counts is each helper's load when all of it is done, without this household.
      const facts = helperFacts(helper, change, (loads.get(helper.id) ?? 0) - 1, content);
      const after =
        change.today === null
          ? assignHelper(chain, facts, from)
          : handOver(chain, facts, { on: from, reason: HANDOVER_REASON });
      return { before: chain, after };
    });
    await storeChains(sql, changed, { helpers, caller, now, newId: service.newId, planId });
    await tx.pairingPlan.update({
      where: { id: planId },
      data: { state: 'applied', appliedAt: now, applierName: caller.name, version: { increment: 1 } },
    });
    return {
      answer: shownPlan(await getPlan(sql, planId, caller), caller),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'plan',
          recordId: planId,
          change: {
            before: { state: before.state },
            after: { state: 'applied', households: changes.length, from: body.from },
          },
        },
      ],
      events: changes.flatMap((change) => {
        const helper = helpers.get(change.proposed);
        return helper
          ? [pairedFact(change, helper, body.from, (change.today && helpers.get(change.today)) || null)]
          : [];
      }),
    };
  });
}

/** What the plan changes. @throws DomainError PLAN_STALE when a household of it is no longer as it was then */
async function changesOf(sql: Sql, planId: string): Promise<Change[]> {
  const rows = await sql.query<Change & { stale: boolean }>(
    `SELECT h.id::text AS id, h.county_code AS "countyCode", h.number, p.today_cadre_id::text AS today,
       p.cadre_id::text AS proposed, h.registered_on::text AS "registeredOn",
       h.withdrawn OR h.status NOT IN ('registered', 'returned') OR l.cadre_id IS DISTINCT FROM p.today_cadre_id AS stale
     FROM plan_placement p JOIN platform.household_copy h ON h.id = p.household_id
     LEFT JOIN pairing_link l ON l.open_for = h.id
     WHERE p.plan_id = $1::uuid AND p.cadre_id IS NOT NULL AND p.cadre_id IS DISTINCT FROM p.today_cadre_id
     ORDER BY p.position`,
    [planId],
  );
  const households = rows.filter((row) => row.stale).length;
  demand(households === 0, 'PLAN_STALE', { households });
  return rows;
}

function loadsAfter(changes: readonly Change[], helpers: ReadonlyMap<string, HelperRow>): Map<string, number> {
  const loads = new Map([...helpers.values()].map(({ id, load }) => [id, load]));
  for (const { today, proposed } of changes) {
    if (today !== null) loads.set(today, (loads.get(today) ?? 0) - 1);
    loads.set(proposed, (loads.get(proposed) ?? 0) + 1);
  }
  return loads;
}
