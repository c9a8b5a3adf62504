import type { Operation } from '@bangfu/contracts/core/operation';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import { z } from 'zod';
import { job, type Tables } from '../../../operations.ts';
import { computeLines, MOST_AT_ONCE } from './compute-lines.ts';

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
  const jobId = await orderWork(dividendRun.order(title, { declarationId }));
  await tx.sql
    .updateTable('declaration')
    .set((eb) => ({ computing_job_id: jobId, version: eb('version', '+', 1) }))
    .where('id', '=', declarationId)
    .execute();
}

/**
 * Computes a large declaration in one transaction. Safe to run again after a crash: the declaration names the job that
 * computes it until its lines are there. One that fails or is cancelled leaves a draft without lines: those of its earlier
 * figures would no longer be what it says.
 */
export const dividendRun = job('dividend-run', {
  input: z.object({ declarationId: z.uuid() }),
  run: ({ id, input, act, stage, advance }) =>
    act(COMPUTED, input, async ({ tx, kit, now, audit }) => {
      const { declarationId } = input;
      const held = await tx.sql
        .selectFrom('declaration as d')
        .innerJoin('contract as c', 'c.id', 'd.contract_id')
        .where('d.id', '=', declarationId)
        .select(['d.computing_job_id as job', 'd.lines', 'c.households as members'])
        .forUpdate('d')
        .executeTakeFirst();
      if (held?.job !== id) {
        audit.nothing();
        return { lines: held?.lines ?? 0 };
      }
      await stage('computing', held.members);
      const lines = await computeLines(tx, kit, now, declarationId, advance);
      audit.change('declaration', declarationId, null, { lines });
      return { lines };
    }),
  settle: async ({ tx, id, input: { declarationId } }) => {
    const { numUpdatedRows } = await tx.sql
      .updateTable('declaration')
      .set((eb) => ({
        computing_job_id: null,
        lines: 0,
        base_fen: 0,
        second_fen: 0,
        total_fen: 0,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', declarationId)
      .where('computing_job_id', '=', id)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await tx.sql.deleteFrom('dividend_line').where('declaration_id', '=', declarationId).execute();
  },
});
