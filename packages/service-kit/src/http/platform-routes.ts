import type { EveryService, platformOperations, ScopeChoice } from '@bangfu/contracts/core/every-service';
import type { Router } from 'express';
import { verifyAudit } from '../audit/seal.ts';
import type { Pool } from '../db/pool.ts';
import type { NewId } from '../db/command.ts';
import { inTransaction } from '../db/pool.ts';
import { pgSql } from '@bangfu/events/sql';
import { writeAudit } from '../audit/entry.ts';
import { cancelJob, findJob, type JobRow, listJobs } from '../jobs/job.ts';
import { KIT_MESSAGES, type Messages, render } from './messages.ts';
import { decodeCursor, toPage } from './page.ts';
import { notFound, Refusal } from './refusal.ts';
import { route, type RouteKit } from './route.ts';

/** What the routes every service has alike need. */
export interface PlatformRoutes extends RouteKit {
  readonly pool: Pool;
  readonly newId: NewId;
  readonly messages: Messages;
}

/** The audit log of a service: searched and verified. */
export function auditRoutes(router: Router, kit: PlatformRoutes, ops: ReturnType<typeof platformOperations>): void {
  route(router, kit, ops.listAudit, async ({ query }) => {
    const after = decodeCursor(query.cursor, 1);
    const filter = `($1::text IS NULL OR record_id = $1) AND ($2::text IS NULL OR action = $2)`;
    const values = [query.recordId ?? null, query.action ?? null];
    const { rows } = await kit.pool.query(
      `SELECT ordinal, id::text AS id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
         account_name AS "accountName", address, action, record_type AS "recordType", record_id AS "recordId", change,
         EXISTS (SELECT 1 FROM platform.audit_seal s WHERE s.entry_id = e.id) AS sealed
       FROM platform.audit_entry e WHERE ${filter} AND ($3::bigint IS NULL OR ordinal < $3)
       ORDER BY ordinal DESC LIMIT $4`,
      [...values, after?.[0] ?? null, query.limit + 1],
    );
    const count = await kit.pool.query(`SELECT count(*) AS n FROM platform.audit_entry WHERE ${filter}`, values);
    return toPage(rows, query.limit, count.rows[0].n, (row) => [row.ordinal]);
  });
  route(router, kit, ops.verifyAudit, () => verifyAudit(kit.pool));
}

/** How far the service's read copy of the register is. */
export function copyRoutes(router: Router, kit: PlatformRoutes, ops: EveryService): void {
  route(router, kit, ops.getCopies, async () => {
    const { rows } = await kit.pool.query<{ households: number; asOf: Date | null }>(
      `SELECT count(*) FILTER (WHERE NOT withdrawn) AS households, max(heard_at) AS "asOf" FROM platform.household_copy`,
    );
    return { households: rows[0]?.households ?? 0, asOf: rows[0]?.asOf?.toISOString() ?? null };
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

/** The caller's jobs: list, one, live, cancel. */
export function jobRoutes(router: Router, kit: PlatformRoutes, ops: EveryService): void {
  const messages = { ...KIT_MESSAGES, ...kit.messages };
  const shown = (job: JobRow, language: 'zh' | 'en') => ({
    ...job,
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
  route(router, kit, ops.cancelJob, async ({ params, caller, now }) => {
    await ownJob(params.jobId, caller.id);
    if (!(await cancelJob(kit.pool, params.jobId, caller.id))) throw new Refusal(409, 'JOB_NOT_CANCELLABLE');
    await inTransaction(kit.pool, (client) =>
      writeAudit(
        pgSql(client),
        caller,
        [
          {
            id: kit.newId(now),
            action: ops.cancelJob.audit ?? '',
            recordType: 'job',
            recordId: params.jobId,
            change: null,
          },
        ],
        now,
      ),
    );
    return null;
  });
}
