import type { Connection } from '@bangfu/contracts/core/client';
import { ProblemError } from '@bangfu/contracts/core/problem';
import type { OfferedStep } from '@bangfu/contracts/core/steps';

interface Offers<Step extends string, Open extends { readonly steps: readonly OfferedStep<Step>[] }> {
  readonly readers: Readonly<Record<string, Connection>>;
  /** What the record is called where it differs. */
  readonly name: string;
  /** The record as its page reads it; whoever may not read it has no page. */
  readonly read: (at: Connection) => Promise<Open>;
  /** The command of a step, with what a page would send of its own. */
  readonly take: (at: Connection, step: Step, record: Open) => Promise<unknown>;
}

/** What trying all steps of records found: where an offer and the service differ, and which steps were taken. */
export class OfferLog {
  readonly wrong: string[] = [];
  readonly taken = new Set<string>();
  readonly closed = new Set<string>();
  /** By command, the steps that no grant of a reader opens, whatever the record: tried once. */
  readonly #notTheirs = new Map<unknown, Set<string>>();

  /** Lets every reader try every step of a record, as it is at that moment, whether it is offered or not. */
  async tryAll<Step extends string, Open extends { readonly steps: readonly OfferedStep<Step>[] }>(
    offers: Offers<Step, Open>,
  ): Promise<void> {
    const tried = this.#notTheirs.get(offers.take) ?? new Set();
    this.#notTheirs.set(offers.take, tried);
    for (const [who, at] of Object.entries(offers.readers)) {
      let record = await unlessRefused(offers.read(at));
      for (const { step } of record?.steps ?? []) {
        if (!record) continue;
        const offer = record.steps.find((each) => each.step === step);
        if (offer?.reason?.code === 'STEP_NOT_YOURS') {
          if (tried.has(`${who} ${step}`)) continue;
          tried.add(`${who} ${step}`);
        }
        const answer = await answerOf(offers.take(at, step, record));
        (offer?.open ? this.taken : this.closed).add(step);
        if (offer?.open !== (answer === 'accepted')) {
          const offered = offer?.open ? 'open' : `closed by ${offer?.reason?.code}`;
          this.wrong.push(`${offers.name}, ${who}, ${step}: ${offered}, but ${answer}`);
        }
        // What was accepted may open and close others.
        if (answer === 'accepted') record = await unlessRefused(offers.read(at));
      }
    }
  }
}

async function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProblemError && [403, 404].includes(error.problem.status)) return null;
    throw error;
  }
}

/** Whether a call was accepted, or with which code it was refused. */
export async function answerOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'accepted';
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.status} ${error.problem.code}`;
    throw error;
  }
}

/** What a command says that answers whom it passed over instead of being refused. */
export const passedOver = (code = ''): ProblemError =>
  new ProblemError({ type: 'about:blank', title: '', status: 422, code, detail: '', instance: '' });
