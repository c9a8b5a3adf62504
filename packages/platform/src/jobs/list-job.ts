import type { Readable } from 'node:stream';
import type { JobOrdered } from '@bangfu/contracts/core/list-job';
import type { Operation } from '@bangfu/contracts/core/operation';
import { demand, DomainError } from '@bangfu/domain/shared/errors';
import { z } from 'zod';
import { type ActedOperation, type Actor, runCommand } from '../db/command.ts';
import type { Pool } from '@bangfu/data/pool';
import { typedSql } from '@bangfu/data/typed-sql';
import type { PlatformTables } from '../tables.ts';
import type { StoredFile } from '../files/store.ts';
import type { ServiceKit } from '../service.ts';
import type { ListColumn } from '../spreadsheet/list-header.ts';
import { type ListOptions, type ReadList, readList } from '../spreadsheet/read-list.ts';
import { type JobHandler, type JobRun, orderJob } from './job.ts';

/** What a job that works off an uploaded list is given: what its operation asked, and the file. */
export interface ListOrder<Asked> {
  readonly asked: Asked;
  readonly name: string;
  readonly file: StoredFile;
  readonly language: 'zh' | 'en';
}

type Files = Pick<ServiceKit, 'pool' | 'files'>;
/** Whether a record of the service has a file as its evidence. */
export type IsEvidence = (sha256: string) => Promise<boolean>;
const NO_EVIDENCE: IsEvidence = () => Promise.resolve(false);

/** Deletes an uploaded list, unless it is evidence or another job that has not ended brought the same one. */
async function dropList({ pool, files }: Files, sha256: string, jobId: string, isEvidence: IsEvidence): Promise<void> {
  if (await isEvidence(sha256)) return;
  if (!(await isWaitedFor(pool, sha256, jobId))) await files.delete(sha256);
}

async function isWaitedFor(pool: Pool, sha256: string, jobId: string): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM platform.job WHERE state IN ('waiting', 'running') AND id <> $2::uuid
       AND input #>> '{input,file,sha256}' = $1 LIMIT 1`,
    [sha256, jobId],
  );
  return rows.length > 0;
}

/**
 * Takes an uploaded list: its bytes go to the file store as they come, and a job that reads it is ordered. What it does
 * is audited by the job.
 * @throws DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY; nothing is kept then
 */
export async function orderList<Asked>(
  service: Files & Pick<ServiceKit, 'bulk' | 'newId' | 'nudgeJobs'>,
  operation: Operation,
  actor: Actor,
  upload: Readable,
  order: {
    readonly kind: string;
    readonly name: string;
    readonly asked: Asked;
    readonly maxBytes: number;
    readonly isEvidence?: IsEvidence;
  },
): Promise<JobOrdered> {
  const { kind, name, asked, maxBytes, isEvidence = NO_EVIDENCE } = order;
  const file = await service.files.put(upload, maxBytes);
  const id = service.newId(actor.now);
  let ordered: string | null = null;
  try {
    demand(file.size > 0, 'WORKBOOK_EMPTY');
    const input: ListOrder<Asked> = { asked, name, file, language: actor.language ?? 'zh' };
    const known = { asked, name, sha256: file.sha256 };
    const answer = await runCommand(service.bulk, service.newId, operation, actor, known, async (_tx, sql) => {
      await orderJob(sql, { id, kind, title: `导入 ${name}`, caller: actor.caller, input, now: actor.now });
      return { answer: { jobId: id }, audit: [] };
    });
    ordered = answer.jobId;
    return answer;
  } finally {
    // Refused, or the same act again: the job of the first one has its file, or has ended with it.
    if (ordered === id) service.nudgeJobs();
    else await dropList(service, file.sha256, id, isEvidence).catch(() => undefined);
  }
}

/** The command of a list's job: the act of the operation that ordered it, which answers what the job comes to. */
export const comingTo = (operation: Operation, outcome: z.ZodType): ActedOperation => ({
  ...operation,
  answer: outcome,
});

/** An order as it is kept, with what its operation asked. */
const orderOf = <Asked>(asked: z.ZodType<Asked>): z.ZodType<ListOrder<Asked>> =>
  z.object({
    asked,
    name: z.string(),
    file: z.object({ sha256: z.string(), size: z.number() }),
    language: z.enum(['zh', 'en']),
  }) as unknown as z.ZodType<ListOrder<Asked>>;

/** How an uploaded list becomes what its operation is for. */
export interface ListWork<Asked, List, Result> {
  /** What its operation asked, as the order keeps it. */
  readonly asked?: z.ZodType<Asked>;
  /** Reads the file; its reading ends with the job. */
  read(path: string, order: ListOrder<Asked>, run: JobRun<ListOrder<Asked>>): Promise<List>;
  /** Judges and writes in one transaction; run again after a crash it must have one effect, as `runCommand` has. */
  take(actor: Actor, list: List, order: ListOrder<Asked>): Promise<Result>;
  readonly isEvidence?: IsEvidence;
}

/**
 * The handler of a list's job. Whoever ordered it acts; the file is removed however it ends, unless it is kept as
 * evidence.
 */
export function listJob<Asked, List, Result>(
  service: Files & Pick<ServiceKit, 'clock'>,
  { asked, read, take, isEvidence = NO_EVIDENCE }: ListWork<Asked, List, Result>,
): JobHandler {
  const kept = orderOf(asked ?? (z.unknown() as z.ZodType<Asked>));
  return {
    async run(given) {
      const run: JobRun<ListOrder<Asked>> = { ...given, input: kept.parse(given.input) };
      const { file, language } = run.input;
      const before = await doneBefore(service.pool, run);
      if (before) return before.answer;
      await run.stage('reading');
      const list = await withFile(service, file.sha256, (path) => read(path, run.input, run));
      await run.stage('checking');
      // The job's id is the act's key: begun again after its commit, it answers what it did.
      const actor: Actor = { caller: run.caller, now: service.clock(), idempotencyKey: run.id, language };
      const result = await take(actor, list, run.input);
      // What it did is done, whatever becomes of the file.
      await dropList(service, file.sha256, run.id, isEvidence).catch(() => undefined);
      return result;
    },
    settle:
      async (_sql, { id, input }) =>
      () =>
        dropList(service, kept.parse(input).file.sha256, id, isEvidence),
  };
}

/** What a run of the same job did before its process ended: its file is gone then, and its act is done. */
async function doneBefore(pool: Pool, { id, caller }: JobRun<unknown>): Promise<{ answer: unknown } | undefined> {
  return typedSql<PlatformTables>(pool)
    .selectFrom('platform.idempotency_key')
    .where('account_id', '=', caller.id)
    .where('key', '=', id)
    .where('answer', 'is not', null)
    .select('answer')
    .executeTakeFirst();
}

/** @throws DomainError FILE_GONE when the store has it no more */
async function withFile<T>({ files }: Files, sha256: string, work: (path: string) => Promise<T>): Promise<T> {
  try {
    return await files.withPlainCopy(sha256, work);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new DomainError('FILE_GONE');
    throw error;
  }
}

/** What a list that is read outside a job has of one. */
export const UNWATCHED: Pick<JobRun<unknown>, 'advance' | 'signal'> = {
  advance: () => Promise.resolve(),
  signal: new AbortController().signal,
};

/** Reads a list within its job: the rows read so far are its progress, and cancelling it ends the reading. */
export function readListIn<Key extends string>(
  run: Pick<JobRun<unknown>, 'advance' | 'signal'>,
  path: string,
  columns: readonly ListColumn<Key>[],
  options: ListOptions = {},
): Promise<ReadList<Key>> {
  return readList(path, columns, { ...options, signal: run.signal, onRows: (rows) => run.advance(rows) });
}
