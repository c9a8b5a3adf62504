import { instantOf } from '@bangfu/data/instant';
import type { EveryService, platformOperations, ScopeChoice, Verification } from '@bangfu/contracts/core/every-service';
import { orderOf } from '@bangfu/data/typed-order';
import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import type { Inbox } from '@bangfu/events/inbox/apply';
import { acceptRewound, redrive } from '@bangfu/events/inbox/redrive';
import type { Router } from 'express';
import type { z } from 'zod';
import { verifyAudit } from '../audit/seal.ts';
import { type NewId, type OpenTransaction, runCommand } from '../db/command.ts';
import { asLongWork } from '@bangfu/data/limits';
import type { Pool, PoolClient } from '@bangfu/data/pool';
import type { PlatformTables } from '../tables.ts';
import { cancelJob, findJob, type JobRow, listJobs } from '../jobs/job.ts';
import { KIT_MESSAGES, type Messages, render } from './messages.ts';
import { notFound, Refusal } from './refusal.ts';
import { route, type RouteKit } from './route.ts';
import { pageOfList } from './typed-page.ts';

/** What the routes every service has alike need. */
export interface PlatformRoutes extends RouteKit {
  readonly pool: Pool;
  readonly readPool: Pool;
  readonly bulk: OpenTransaction<PoolClient>;
  readonly newId: NewId;
  readonly messages: Messages;
}

/** What a verification found; `checked` counts what was looked at. */
export type Findings = z.output<typeof Verification>;

/** The audit log as it is shown. */
const auditRows = (read: ReadSql<PlatformTables>) =>
  read
    .selectFrom('platform.audit_entry as e')
    .select(['e.id', 'e.account_name as accountName', 'e.address', 'e.action', 'e.change'])
    .select(['e.record_type as recordType', 'e.record_id as recordId'])
    .select((eb) => [
      instantOf(eb.ref('e.at')).as('at'),
      eb
        .exists(eb.selectFrom('platform.audit_seal as s').whereRef('s.entry_id', '=', 'e.id').select('s.position'))
        .$castTo<boolean>()
        .as('sealed'),
    ]);
const LATEST_FIRST = orderOf()(auditRows, ({ number }) => ({
  columns: {},
  own: [{ ...number('e.ordinal'), down: true }],
}));

/**
 * The audit log of an owner: searched and verified. @param verifyOthers what else of the owner's is sealed, such as
 * sensitive values, notices and frames
 */
export function auditRoutes(
  router: Router,
  kit: Pick<PlatformRoutes, 'readPool' | keyof RouteKit>,
  ops: ReturnType<typeof platformOperations>,
  verifyOthers: readonly (() => Promise<Omit<Findings, 'unsealed'>>)[] = [],
): void {
  route(router, kit, ops.listAudit, ({ query }) => {
    const { recordId, action } = query;
    const all = auditRows(typedSql<PlatformTables>(kit.readPool));
    const ofRecord = recordId === undefined ? all : all.where('e.record_id', '=', recordId);
    const found = action === undefined ? ofRecord : ofRecord.where('e.action', '=', action);
    return pageOfList(found, LATEST_FIRST, query);
  });
  route(router, kit, ops.verifyAudit, async () => {
    const found = await verifyAudit(kit.readPool);
    for (const verify of verifyOthers) {
      const { checked, broken } = await verify();
      found.checked += checked;
      found.broken.push(...broken);
    }
    return found;
  });
}

/** As many as are looked at before the cause is found; the rest have the same. */
const MOST_PARKED = 200;

/** Events the owner could not take in: looked at, and tried again when their cause is mended. */
export function eventRoutes(
  router: Router,
  kit: Pick<PlatformRoutes, 'pool' | 'newId' | keyof RouteKit>,
  open: OpenTransaction<unknown>,
  ops: ReturnType<typeof platformOperations>,
  inbox: Inbox,
  acceptOutbox: () => Promise<number> = async () => 0,
): void {
  route(router, kit, ops.listParkedEvents, async () => {
    const all = typedSql<PlatformTables>(kit.pool)
      .selectFrom('platform.parked_event')
      .where('group_name', '=', inbox.group);
    const rows = await all
      .select(['topic', 'key', 'type', 'reason', 'detail'])
      .select((eb) => instantOf(eb.ref('parked_at')).as('parkedAt'))
      .orderBy('parked_at')
      .orderBy('place')
      .limit(MOST_PARKED)
      .execute();
    const { total } = await all.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    return { rows, total };
  });
  route(router, kit, ops.redriveEvents, async ({ caller, now, idempotencyKey, body }) => {
    // Before the command: its open transaction would hold up everybody's events for as long as the work takes, and the
    // work done twice does nothing.
    const accepted = body.acceptRestored ? { outbox: await acceptOutbox(), keys: await acceptRewound(inbox) } : null;
    const answer = await asLongWork(() => redrive(inbox));
    return runCommand(open, kit.newId, ops.redriveEvents, { caller, now, idempotencyKey }, body, async () => {
      const entry = { recordType: 'events', recordId: inbox.group, change: { after: { ...answer, accepted } } };
      return { answer, audit: [{ action: ops.redriveEvents.audit ?? '', ...entry }] };
    });
  });
}

/** How far the service's read copy of the register is. */
export function copyRoutes(router: Router, kit: PlatformRoutes, ops: EveryService): void {
  route(router, kit, ops.getCopies, async () => {
    const { households, asOf } = await typedSql<PlatformTables>(kit.readPool)
      .selectFrom('platform.household_copy')
      .select((eb) => [
        eb.fn.countAll<number>().filterWhere('withdrawn', '=', false).as('households'),
        eb.fn.max('heard_at').$castTo<Date | null>().as('asOf'),
      ])
      .executeTakeFirstOrThrow();
    return { households, asOf: asOf?.toISOString() ?? null };
  });
}

/** As many as a person reads through before typing another letter. */
const MOST_CHOICES = 30;

/**
 * What a grant can be bound to. `choices` is the service's own query of its kinds: columns kind, id, name, detail and
 * in_use.
 */
export function scopeRoutes(router: Router, kit: PlatformRoutes, ops: EveryService, choices: string): void {
  route(router, kit, ops.listScopeChoices, async ({ query, caller }) => {
    const { rows } = await kit.pool.query<ScopeChoice>(
      `SELECT kind, id::text AS id, name, detail FROM (${choices}) c
       WHERE county_code = $1 AND kind = $2 AND ($3::uuid IS NULL OR id = $3)
         AND ($3::uuid IS NOT NULL OR in_use AND strpos(name, $4) > 0)
       ORDER BY name, id LIMIT $5`,
      [caller.countyCode, query.kind, query.id ?? null, query.search?.trim() ?? '', MOST_CHOICES],
    );
    return { rows };
  });
}

/** The words of what a list's job found: its row keeps codes and parameters only, so that each reader has their own. */
function worded(result: unknown, messages: Messages, language: 'zh' | 'en'): unknown {
  if (typeof result !== 'object' || result === null) return result;
  const say = (each: unknown): unknown => {
    const { code, params, ...rest } = each as { code?: unknown; params?: Record<string, string | number> };
    return typeof code === 'string' && params
      ? { ...rest, code, message: render(messages, code, params, language) }
      : each;
  };
  const lists = Object.entries(result).filter(([, value]) => Array.isArray(value)) as [string, unknown[]][];
  return { ...result, ...Object.fromEntries(lists.map(([name, list]) => [name, list.map(say)])) };
}

/** The caller's jobs: list, one, live, cancel. */
export function jobRoutes(router: Router, kit: PlatformRoutes, ops: EveryService): void {
  const messages = { ...KIT_MESSAGES, ...kit.messages };
  const shown = (job: JobRow, language: 'zh' | 'en') => ({
    ...job,
    result: worded(job.result, messages, language),
    problem: job.problem && {
      code: job.problem.code,
      title: render(messages, job.problem.code, job.problem.params, language),
    },
  });
  const ownJob = async (id: string, accountId: string) => {
    const job = await findJob(kit.pool, id, accountId);
    if (!job) throw notFound();
    return job;
  };
  route(router, kit, ops.listJobs, async ({ caller, language }) => ({
    rows: (await listJobs(kit.pool, caller.id)).map((job) => shown(job, language)),
  }));
  route(router, kit, ops.getJob, async ({ params, caller, language }) =>
    shown(await ownJob(params.jobId, caller.id), language),
  );
  route(router, kit, ops.watchJob, async ({ params, caller, language, response }) => {
    let job = await ownJob(params.jobId, caller.id);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    let last = '';
    while (!response.destroyed) {
      const text = JSON.stringify(ops.watchJob.answer.parse(shown(job, language)));
      response.write(text === last ? ': still\n\n' : `data: ${text}\n\n`);
      last = text;
      if (job.endedAt) break;
      await new Promise((resolve) => setTimeout(resolve, 300));
      job = await ownJob(params.jobId, caller.id);
    }
    response.end();
    return undefined;
  });
  route(router, kit, ops.cancelJob, async ({ params, caller, now, idempotencyKey }) => {
    const { jobId } = params;
    await ownJob(jobId, caller.id);
    const actor = { caller, now, idempotencyKey };
    return runCommand(kit.bulk, kit.newId, ops.cancelJob, actor, { params }, async (client) => {
      if (!(await cancelJob(client, jobId, caller.id))) throw new Refusal(409, 'JOB_NOT_CANCELLABLE');
      const audit = [{ action: ops.cancelJob.audit ?? '', recordType: 'job', recordId: jobId, change: null }];
      return { answer: null, audit };
    });
  });
}
