import type { Readable } from 'node:stream';
import type { JobOrdered, Ordering } from '@bangfu/contracts/core/list-job';
import type { AnswerInputOf, BodyOf, Operation, ParamsOf, QueryOf } from '@bangfu/contracts/core/operation';
import { asLongWork } from '@bangfu/data/limits';
import { pgSql } from '@bangfu/data/sql';
import { type ReadSql, type Transaction, typedSql, typedTransaction } from '@bangfu/data/typed-sql';
import type { NewEvent } from '@bangfu/events/catalog/define';
import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { AuditEntry } from '../audit/entry.ts';
import type { Caller } from '../auth/caller.ts';
import { type ActedOperation, type Actor, answeringInside, type OpenTransaction, runCommand } from '../db/command.ts';
import { readsOf } from '../db/reads.ts';
import { route } from '../http/route.ts';
import { type JobHandler, type JobRun, orderJob } from '../jobs/job.ts';
import { comingTo, listJob, type ListOrder, orderList, UNWATCHED } from '../jobs/list-job.ts';
import type { ServiceKit } from '../service.ts';

/** What an operation is called with. */
interface InputOf<O> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
}

/** What a command leaves in the audit log; its action is the contract's. */
export interface AuditTrail {
  /** A record is new (`before` is null), or has changed. */
  change(recordType: string, recordId: string, before: object | null, after: object): void;
  /** A change that is written down in another form. */
  entry(recordType: string, recordId: string, change: object): void;
  /** A change of another record that the command brings with it, under an action of its own. */
  besides(action: string, recordType: string, recordId: string, change: object): void;
  /** The command found that all was done already: a repeat that changes nothing. */
  nothing(): void;
  /** What was done belongs to this county: the public has none of its own. */
  inCounty(countyCode: string): void;
}

/** What the handler of a command works with. All of it belongs to one transaction. */
export interface CommandCall<O, Tables> extends InputOf<O> {
  readonly tx: Transaction<Tables>;
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
  readonly audit: AuditTrail;
  readonly kit: ServiceKit;
  newId(): string;
  /** Tells the other services, when the command is committed. */
  emit(event: NewEvent): void;
  /** Orders long work, which begins when the command is committed. @returns the job's id */
  orderWork(job: { readonly kind: string; readonly title: string; readonly input: unknown }): Promise<string>;
}

/** What is particular about a command. */
export interface CommandTraits<O> {
  /** False where the answer must not be kept for a repeat of its key, which is then carried out again. */
  readonly keepsAnswer?: boolean;
  /** Its work takes long, and its connection has the limits of long work. */
  readonly isLong?: boolean;
  /** What is left to do when it is committed, also by a repeat: such as to remove a file. */
  afterwards?(done: InputOf<O> & { readonly kit: ServiceKit }): Promise<void>;
}

/** What the handler of a query works with; nothing of it can write. */
export interface QueryCall<O, Tables> extends InputOf<O> {
  readonly read: ReadSql<Tables>;
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
  readonly request: Request;
  readonly kit: ServiceKit;
}

/** What the handler of a download works with; it writes its answer by itself. */
export interface DownloadCall<O, Tables> extends QueryCall<O, Tables> {
  readonly response: Response;
}

/** What an uploaded file is taken and read with, before the transaction of its command. */
export interface UploadCall<O, Tables> extends QueryCall<O, Tables> {
  readonly upload: Readable;
  /** Whose end says that nobody waits for the reading any more. */
  readonly response: Response;
}

/** What a paper is written with. */
type Written = 'params' | 'query' | 'body' | 'caller' | 'now' | 'language' | 'request' | 'response';

/** An operation with its handler, as a feature exports it. */
export interface Handled {
  readonly contract: Operation;
  serve(router: Router, kit: ServiceKit): void;
  /** Its long work, by the kind of its jobs. */
  jobs?(kit: ServiceKit): Readonly<Record<string, JobHandler>>;
}

/** How an uploaded list becomes what its operation is for: ordered by the request, read and carried out by a job. */
export interface ListShape<O, Tables, Asked, List, Outcome extends z.ZodType> {
  /** The kind of its jobs. */
  readonly kind: string;
  readonly maxBytes: number;
  /** What the job comes to. */
  readonly outcome: Outcome;
  /** What the job is to know of the request; refuses what can be refused before a file is taken. */
  ask(call: QueryCall<O, Tables>): Promise<Asked>;
  /** Reads the file; its reading ends with the job. */
  read(path: string, order: ListOrder<Asked>, run: JobRun<ListOrder<Asked>>, kit: ServiceKit): Promise<List>;
  /** Whether a record has a file as its evidence; such a file is kept. */
  isEvidence?(kit: ServiceKit, sha256: string): Promise<boolean>;
  /** Checks and writes in one transaction: all of it or nothing. */
  take(call: ListCall<Tables, Asked, List>): Promise<z.input<Outcome>>;
}

/** What a list is entered with. */
export interface ListCall<Tables, Asked, List>
  extends Omit<CommandCall<Operation, Tables>, 'params' | 'query' | 'body'> {
  readonly list: List;
  readonly order: ListOrder<Asked>;
}

/** A command that other code of its service may carry out too: a job, a reaction, the demo. */
export interface Command<O> extends Handled {
  run(kit: ServiceKit, actor: Actor, input: Partial<InputOf<O>>): Promise<AnswerInputOf<O>>;
}

/** An uploaded list's command, which other code of its service may carry out too, with a file that is in the store. */
export interface ListCommand<Asked, Outcome> extends Handled {
  run(kit: ServiceKit, actor: Actor, order: ListOrder<Asked>): Promise<Outcome>;
}

/** What a service is made of: the routes and the jobs of its features' operations. */
export function serveOperations(kit: ServiceKit, features: readonly (readonly Handled[])[]) {
  const router = Router();
  const operations = features.flat();
  for (const operation of operations) operation.serve(router, kit);
  const jobs: Record<string, JobHandler> = Object.assign({}, ...operations.map((each) => each.jobs?.(kit)));
  return { router, jobs };
}

/** Collects what a handler says of its command; `close` gives it to the transaction. */
function collecting(kit: ServiceKit, contract: ActedOperation, { caller, now, language = 'zh' }: Actor) {
  const entries: Omit<AuditEntry, 'id'>[] = [];
  const events: NewEvent[] = [];
  let isNothing = false;
  let county: { countyCode?: string } = {};
  const besides: AuditTrail['besides'] = (action, recordType, recordId, change) => {
    entries.push({ action, recordType, recordId, change });
  };
  const entry: AuditTrail['entry'] = (...of) => besides(contract.audit ?? '', ...of);
  const audit: AuditTrail = {
    entry,
    besides,
    change: (recordType, recordId, before, after) => entry(recordType, recordId, { ...(before && { before }), after }),
    nothing: () => {
      isNothing = true;
    },
    inCounty: (countyCode) => {
      county = { countyCode };
    },
  };
  return {
    call: {
      kit,
      caller,
      now,
      language,
      audit,
      newId: () => kit.newId(now),
      emit: (event: NewEvent) => void events.push(event),
    },
    /** @throws Error when the command neither audited a change nor said that there was none */
    close: () => {
      if (entries.length === 0 && !isNothing) throw new Error(`${contract.id} changed something without an audit row`);
      return { audit: entries, events, ...county };
    },
  };
}

const openTransaction = <Tables>(kit: ServiceKit): OpenTransaction<Transaction<Tables>> =>
  Object.assign(
    async <T>(work: (tx: Transaction<Tables>, sql: ReturnType<typeof pgSql>) => Promise<T>) => {
      const result = await typedTransaction<Tables, T>(kit.pool, (tx) => work(tx, pgSql(tx.client)));
      kit.afterCommit();
      return result;
    },
    { keyHash: kit.bulk.keyHash },
  );

/** What a command is carried out with, whatever it is called with. */
type Given<Tables> = Omit<CommandCall<Operation, Tables>, keyof InputOf<Operation>>;

/**
 * Carries a command out: its work, audit rows, events and ordered jobs are one transaction. Operations have their shapes
 * for it; a job that acts for who ordered it calls it itself.
 * @throws Error when the work neither audits a change nor says that there was none
 */
export async function carryOut<Tables, Answer>(
  kit: ServiceKit,
  contract: ActedOperation,
  actor: Actor,
  input: unknown,
  work: (given: Given<Tables>) => Promise<Answer>,
): Promise<Answer> {
  let hasOrdered = false;
  const done = await runCommand(openTransaction<Tables>(kit), kit.newId, contract, actor, input, async (tx) => {
    const { call, close } = collecting(kit, contract, actor);
    const orderWork: Given<Tables>['orderWork'] = async (job) => {
      const id = call.newId();
      await orderJob(pgSql(tx.client), { id, ...job, caller: actor.caller, now: actor.now });
      hasOrdered = true;
      return id;
    };
    const answer = await work({ ...call, tx, orderWork });
    return { answer, ...close() };
  });
  if (hasOrdered) kit.nudgeJobs();
  return done;
}

/**
 * The shapes of a service's operations over its tables (architecture, “inside a service”). Role, input, idempotency,
 * audit row, events, the right pool and the mask come from the shape; a handler that had to remember one of them would
 * forget it one day.
 */
export function operationsOver<Tables>() {
  /** What reads for a caller: by the role of the database that their grants ask for. */
  const readAs = (kit: ServiceKit, caller: Caller): ReadSql<Tables> => typedSql<Tables>(readsOf(kit, caller));
  /** What reads for a call: the public, who has no grants, by the role that can only read. */
  const readFor = ({ access }: Operation, kit: ServiceKit, caller: Caller): ReadSql<Tables> =>
    access === 'public' ? typedSql<Tables>(kit.readPool) : readAs(kit, caller);

  /**
   * A command: the handler's work, its audit rows and events are one transaction.
   * @throws Error when the handler neither audits a change nor says that there was none
   */
  function command<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: CommandCall<Operation<P, Q, B, A>, Tables>) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
    { keepsAnswer = true, isLong = false, afterwards }: CommandTraits<Operation<P, Q, B, A>> = {},
  ): Command<Operation<P, Q, B, A>> {
    const run: Command<Operation<P, Q, B, A>>['run'] = async (kit, actor, given) => {
      const input = { params: {}, query: {}, body: {}, ...given } as InputOf<Operation<P, Q, B, A>>;
      const known = keepsAnswer ? actor : { ...actor, idempotencyKey: undefined };
      const carry = () =>
        carryOut<Tables, AnswerInputOf<Operation<P, Q, B, A>>>(kit, contract, known, input, (call) =>
          handler({ ...input, ...call }),
        );
      const answer = await (isLong ? asLongWork(carry) : carry());
      await afterwards?.({ ...input, kit });
      return answer;
    };
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, (call) => {
        const { params, query: asked, body } = call;
        return run(kit, call, { params, query: asked, body });
      });
    return { contract, run, serve };
  }

  /** A query: it reads by the role its caller's grants ask for. */
  function query<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: QueryCall<Operation<P, Q, B, A>, Tables>) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
  ): Handled {
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, (call) => {
        const { params, query: asked, body, caller, now, language, request } = call;
        return handler({
          params,
          query: asked,
          body,
          caller,
          now,
          language,
          request,
          kit,
          read: readFor(contract, kit, caller),
        });
      });
    return { contract, serve };
  }

  /** A query that writes its answer by itself: a file, a paper. */
  function download<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: DownloadCall<Operation<P, Q, B, A>, Tables>) => Promise<void>,
  ): Handled {
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, async (call) => {
        await handler({ ...call, kit, read: readFor(contract, kit, call.caller) });
        return undefined;
      });
    return { contract, serve };
  }

  /**
   * A command whose answer is a file that is made of what it did.
   * @param act within the transaction @param write after the commit
   */
  function paper<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType, Made>(
    contract: Operation<P, Q, B, A>,
    act: (call: CommandCall<Operation<P, Q, B, A>, Tables>) => Promise<Made>,
    write: (made: Made, call: Pick<DownloadCall<Operation<P, Q, B, A>, Tables>, Written>) => Promise<void>,
  ): Handled {
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, async (call) => {
        const { params, query: asked, body } = call;
        const input = { params, query: asked, body };
        // A file is never kept for a repeat of its key.
        const actor = { ...call, idempotencyKey: undefined };
        const made = await carryOut<Tables, Made>(kit, answeringInside(contract), actor, input, (given) =>
          act({ ...input, ...given }),
        );
        await write(made, call);
        return undefined;
      });
    return { contract, serve };
  }

  /**
   * A command by an uploaded file.
   * @param bring takes and reads the file before the transaction; a repeat of the command's key is known by what it gives
   * @param handler carries out what was brought, within the transaction
   * @param putBack what is to be done with what was brought, when the command is refused
   */
  function upload<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType, Brought>(
    contract: Operation<P, Q, B, A>,
    bring: (call: UploadCall<Operation<P, Q, B, A>, Tables>) => Promise<Brought>,
    handler: (
      call: CommandCall<Operation<P, Q, B, A>, Tables> & { readonly brought: Brought },
    ) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
    putBack: (kit: ServiceKit, brought: Brought) => Promise<void> = async () => undefined,
  ): Handled {
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, async (call) => {
        const { params, query: asked, body } = call;
        const brought = await bring({ ...call, kit, read: readFor(contract, kit, call.caller) });
        const input = { params, query: asked, body, brought };
        const done = carryOut<Tables, AnswerInputOf<Operation<P, Q, B, A>>>(kit, contract, call, input, (given) =>
          handler({ ...input, ...given }),
        );
        return done.catch(async (refused: unknown) => {
          // Why it was refused matters more than what stays behind.
          await putBack(kit, brought).catch(() => undefined);
          throw refused;
        });
      });
    return { contract, serve };
  }

  /** A command by an uploaded list: the request orders a job, which reads the file and acts for who ordered it. */
  function list<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Asked, List, Outcome extends z.ZodType>(
    contract: Ordering<P, Q, B>,
    shape: ListShape<Ordering<P, Q, B>, Tables, Asked, List, Outcome>,
  ): ListCommand<Asked, z.input<Outcome>> {
    const keeps = (kit: ServiceKit) => (sha256: string) => shape.isEvidence?.(kit, sha256) ?? Promise.resolve(false);
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, async (call) => {
        const asked = await shape.ask({ ...call, kit, read: readFor(contract, kit, call.caller) });
        const { kind, maxBytes } = shape;
        // The name of the file is in the query of every upload (contracts, core/list-job).
        const { name } = call.query as { readonly name: string };
        const order = { kind, name, asked, maxBytes, isEvidence: keeps(kit) };
        const ordered: JobOrdered = await orderList(kit, contract, call, call.upload, order);
        // The same type, which the checker does not see through the other parameters.
        return ordered as AnswerInputOf<Ordering<P, Q, B>>;
      });
    const take = (kit: ServiceKit, actor: Actor, rows: List, order: ListOrder<Asked>) => {
      const command = comingTo(contract, shape.outcome);
      const { asked, name, file } = order;
      const input = { asked, name, sha256: file.sha256 };
      return carryOut<Tables, z.input<Outcome>>(kit, command, actor, input, (call) =>
        shape.take({ ...call, list: rows, order }),
      );
    };
    const run: ListCommand<Asked, z.input<Outcome>>['run'] = async (kit, actor, order) => {
      const { caller, now } = actor;
      const stage = () => Promise.resolve();
      const watched = { ...UNWATCHED, id: kit.newId(now), input: order, caller, stage };
      const rows = await kit.files.withPlainCopy(order.file.sha256, (path) => shape.read(path, order, watched, kit));
      return take(kit, actor, rows, order);
    };
    const jobs = (kit: ServiceKit) => ({
      [shape.kind]: listJob<Asked, List, z.input<Outcome>>(kit, {
        isEvidence: keeps(kit),
        read: (path, order, run) => shape.read(path, order, run, kit),
        take: (actor, rows, order) => take(kit, actor, rows, order),
      }),
    });
    return { contract, run, serve, jobs };
  }
  return { command, query, download, paper, upload, list, readAs };
}
