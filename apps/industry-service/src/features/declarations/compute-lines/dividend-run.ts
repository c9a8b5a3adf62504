import type { Sql } from '@bangfu/data/sql';
import { writeAudit } from '@bangfu/platform/audit/entry';
import type { Caller } from '@bangfu/platform/auth/caller';
import { type EndedJob, type JobRun, orderJob } from '@bangfu/platform/jobs/job';
import type { Industry } from '../../../db/client.ts';
import { computeLines, MOST_AT_ONCE } from './compute-lines.ts';

/** What a dividend run is asked to do. */
export interface DividendRunInput {
  readonly declarationId: string;
}

const nothing = async () => {};

/** Has a draft's lines computed: at once when they are few, else by a job ordered in the same transaction. */
export async function orderLines(
  service: Industry,
  sql: Sql,
  order: { declarationId: string; title: string; members: number; caller: Caller; now: Date; jobId: string },
): Promise<void> {
  const { declarationId, title, caller, now, jobId } = order;
  if (order.members <= MOST_AT_ONCE) {
    await computeLines(sql, service, now, declarationId, nothing);
    return;
  }
  await sql.query('UPDATE declaration SET computing_job_id = $2::uuid, version = version + 1 WHERE id = $1::uuid', [
    declarationId,
    jobId,
  ]);
  const input: DividendRunInput = { declarationId };
  await orderJob(sql, { id: jobId, kind: 'dividend-run', title, caller, input, now });
}

/**
 * Computes a large declaration in one transaction. Safe to run again after a crash: the declaration names the job that
 * computes it until its lines stand.
 */
export async function runDividend(service: Industry, run: JobRun<DividendRunInput>): Promise<{ lines: number }> {
  const { declarationId } = run.input;
  return service.bulk(async (_client, sql) => {
    const [held] = await sql.query<{ job: string | null; lines: number; members: number }>(
      `SELECT d.computing_job_id::text AS job, d.lines, c.households AS members FROM declaration d
         JOIN contract c ON c.id = d.contract_id WHERE d.id = $1::uuid FOR UPDATE OF d`,
      [declarationId],
    );
    if (held?.job !== run.id) return { lines: held?.lines ?? 0 };
    await run.stage('computing', held.members);
    const lines = await computeLines(sql, service, service.clock(), declarationId, (done) => run.advance(done));
    const now = service.clock();
    await writeAudit(
      sql,
      run.caller,
      [
        {
          id: service.newId(now),
          action: 'industry.declaration.computed',
          recordType: 'declaration',
          recordId: declarationId,
          change: { after: { lines } },
        },
      ],
      now,
    );
    return { lines };
  });
}

/** The draft waits for the job no longer; the lines of its earlier figures would no longer be what it says. */
export async function settleDividend(sql: Sql, { id, input }: EndedJob<DividendRunInput>): Promise<undefined> {
  const held = await sql.query(
    `UPDATE declaration SET computing_job_id = NULL, lines = 0, base_fen = 0, second_fen = 0, total_fen = 0,
       version = version + 1 WHERE id = $1::uuid AND computing_job_id = $2::uuid RETURNING 1`,
    [input.declarationId, id],
  );
  if (held.length > 0)
    await sql.query('DELETE FROM dividend_line WHERE declaration_id = $1::uuid', [input.declarationId]);
}
