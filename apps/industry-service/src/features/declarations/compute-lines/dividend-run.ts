import type { Operation } from '@bangfu/contracts/core/operation';
import type { Sql } from '@bangfu/data/sql';
import type { EndedJob, JobHandler, JobRun } from '@bangfu/platform/jobs/job';
import { carryOut, type CommandCall } from '@bangfu/platform/operation/operation';
import type { ServiceKit } from '@bangfu/platform/service';
import { typedOver } from '../../../db/over-text.ts';
import type { Tables } from '../../../operations.ts';
import { computeLines, MOST_AT_ONCE } from './compute-lines.ts';

/** The kind of its job. */
const DIVIDEND_RUN = 'dividend-run';

/** What a dividend run is asked to do. */
export interface DividendRunInput {
  readonly declarationId: string;
}

/** What its work is written down as in the audit log. */
const COMPUTED = { id: 'computeDividend', status: 200, audit: 'industry.declaration.computed' } as const;

const nothing = async () => {};

/** Has a draft's lines computed: at once when they are few, else by a job ordered in the same transaction. */
export async function orderLines(
  { tx, kit, now, orderWork }: Pick<CommandCall<Operation, Tables>, 'tx' | 'kit' | 'now' | 'orderWork'>,
  { declarationId, title, members }: { declarationId: string; title: string; members: number },
): Promise<void> {
  if (members <= MOST_AT_ONCE) {
    await computeLines(tx, kit, now, declarationId, nothing);
    return;
  }
  const input: DividendRunInput = { declarationId };
  const jobId = await orderWork({ kind: DIVIDEND_RUN, title, input });
  await tx.sql
    .updateTable('declaration')
    .set((eb) => ({ computing_job_id: jobId, version: eb('version', '+', 1) }))
    .where('id', '=', declarationId)
    .execute();
}

/** Its jobs. */
export const dividendJobs = (kit: ServiceKit): Readonly<Record<string, JobHandler>> => {
  const handler: JobHandler<DividendRunInput> = { run: (run) => runDividend(kit, run), settle: settleDividend };
  return { [DIVIDEND_RUN]: handler as JobHandler };
};

/**
 * Computes a large declaration in one transaction. Safe to run again after a crash: the declaration names the job that
 * computes it until its lines stand.
 */
export async function runDividend(kit: ServiceKit, run: JobRun<DividendRunInput>): Promise<{ lines: number }> {
  const { declarationId } = run.input;
  const actor = { caller: run.caller, now: kit.clock() };
  return carryOut<Tables, { lines: number }>(kit, COMPUTED, actor, run.input, async ({ tx, now, audit }) => {
    const held = await tx.sql
      .selectFrom('declaration as d')
      .innerJoin('contract as c', 'c.id', 'd.contract_id')
      .where('d.id', '=', declarationId)
      .select(['d.computing_job_id as job', 'd.lines', 'c.households as members'])
      .forUpdate('d')
      .executeTakeFirst();
    if (held?.job !== run.id) {
      audit.nothing();
      return { lines: held?.lines ?? 0 };
    }
    await run.stage('computing', held.members);
    const lines = await computeLines(tx, kit, now, declarationId, (done) => run.advance(done));
    audit.change('declaration', declarationId, null, { lines });
    return { lines };
  });
}

/** The draft waits for the job no longer; the lines of its earlier figures would no longer be what it says. */
export async function settleDividend(sql: Sql, { id, input }: EndedJob<DividendRunInput>): Promise<undefined> {
  const write = typedOver(sql);
  const held = await write
    .updateTable('declaration')
    .set((eb) => ({
      computing_job_id: null,
      lines: 0,
      base_fen: 0,
      second_fen: 0,
      total_fen: 0,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', input.declarationId)
    .where('computing_job_id', '=', id)
    .returning('id')
    .execute();
  if (held.length > 0) {
    await write.deleteFrom('dividend_line').where('declaration_id', '=', input.declarationId).execute();
  }
}
