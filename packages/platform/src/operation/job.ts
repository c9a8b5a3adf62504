import { type Transaction, typedWithin } from '@bangfu/data/typed-sql';
import type { z } from 'zod';
import type { ActedOperation } from '../db/command.ts';
import type { AfterEnd, EndedJob, JobHandler, JobRun } from '../jobs/job.ts';
import type { ServiceKit } from '../service.ts';
import { carryOut, type Given, type Part } from './carry-out.ts';

/** What a job works with. */
export interface JobCall<Input, Tables> extends JobRun<Input> {
  readonly kit: ServiceKit;
  readonly now: Date;
  /** Carries a command out for who ordered the job, as an operation of theirs. */
  act<Answer>(
    contract: ActedOperation,
    input: unknown,
    work: (given: Given<Tables>) => Promise<Answer>,
  ): Promise<Answer>;
}

/** A job that ends without its result, and the transaction that ends it. */
export interface SettleCall<Input, Tables> extends EndedJob<Input> {
  readonly tx: Transaction<Tables>;
  readonly kit: ServiceKit;
}

/** What one kind of long work does, and what becomes of its record. */
export interface JobShape<Input extends z.ZodType, Tables> {
  /** What is kept of an order; it is parsed when the work begins, and when it ends. */
  readonly input: Input;
  /** Does the work; must be safe to run again from its beginning after a crash. @returns the job's result */
  run(call: JobCall<z.output<Input>, Tables>): Promise<unknown>;
  /** Gives the record back to whoever ordered the work; absent where none is held while it runs. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most have nothing left to do after it
  settle?(call: SettleCall<z.output<Input>, Tables>): Promise<AfterEnd | void>;
}

/** One kind of long work, as a feature exports it. */
export interface Job<Input extends z.ZodType> extends Part {
  readonly kind: string;
  jobs(kit: ServiceKit): Readonly<Record<string, JobHandler>>;
  /** What a command orders it with (`orderWork`). */
  order(
    title: string,
    input: z.input<Input>,
  ): {
    readonly kind: string;
    readonly title: string;
    readonly input: z.input<Input>;
  };
}

/** The shape of long work. */
export const jobsOver =
  <Tables>() =>
  <Input extends z.ZodType>(kind: string, shape: JobShape<Input, Tables>): Job<Input> => ({
    kind,
    order: (title, input) => ({ kind, title, input }),
    jobs: (kit) => ({
      [kind]: {
        async run(run) {
          const now = kit.clock();
          const actor = { caller: run.caller, now };
          return shape.run({
            ...run,
            input: shape.input.parse(run.input),
            kit,
            now,
            act: (contract, input, work) => carryOut(kit, contract, actor, input, work),
          });
        },
        async settle({ client }, ended) {
          if (!shape.settle) return undefined;
          const input = shape.input.parse(ended.input);
          const settle = (tx: Transaction<Tables>) => shape.settle?.({ ...ended, input, tx, kit });
          return (
            (await typedWithin<Tables, AfterEnd | void | undefined>(client, async (tx) => settle(tx))) ?? undefined
          );
        },
      },
    }),
  });
