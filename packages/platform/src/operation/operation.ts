import type { JobOrdered, Ordering } from '@bangfu/contracts/core/list-job';
import type { AnswerInputOf, BodyOf, Operation, ParamsOf, QueryOf } from '@bangfu/contracts/core/operation';
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
import type { JobHandler, JobRun } from '../jobs/job.ts';
import { comingTo, listJob, type ListOrder, orderList } from '../jobs/list-job.ts';
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
}

/** What the handler of a query works with; nothing of it can write. */
export interface QueryCall<O, Tables> extends InputOf<O> {
  readonly read: ReadSql<Tables>;
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
  readonly kit: ServiceKit;
}

/** What the handler of a download works with; it writes its answer by itself. */
export interface DownloadCall<O, Tables> extends QueryCall<O, Tables> {
  readonly request: Request;
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
  read(path: string, order: ListOrder<Asked>, run: JobRun<ListOrder<Asked>>): Promise<List>;
  /** Checks and writes in one transaction, whole or not at all. */
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
  const audit: AuditTrail = {
    change: (recordType, recordId, before, after) => {
      entries.push({
        action: contract.audit ?? '',
        recordType,
        recordId,
        change: { ...(before && { before }), after },
      });
    },
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

/**
 * The shapes of a service's operations over its tables (architecture, “inside a service”). Role, input, idempotency,
 * audit row, events, the right pool and the mask come from the shape; a handler that had to remember one of them would
 * forget it one day.
 */
export function operationsOver<Tables>() {
  /**
   * A command: the handler's work, its audit rows and events are one transaction.
   * @throws Error when the handler neither audits a change nor says that there was none
   */
  function command<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: CommandCall<Operation<P, Q, B, A>, Tables>) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
  ): Command<Operation<P, Q, B, A>> {
    const run: Command<Operation<P, Q, B, A>>['run'] = (kit, actor, given) => {
      const input = { params: {}, query: {}, body: {}, ...given } as InputOf<Operation<P, Q, B, A>>;
      return runCommand(openTransaction<Tables>(kit), kit.newId, contract, actor, input, async (tx) => {
        const { call, close } = collecting(kit, contract, actor);
        const answer = await handler({ ...input, ...call, tx });
        return { answer, ...close() };
      });
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
        const { params, query: asked, body, caller, now, language } = call;
        const read = typedSql<Tables>(readsOf(kit, caller));
        return handler({ params, query: asked, body, caller, now, language, kit, read });
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
        await handler({ ...call, kit, read: typedSql<Tables>(readsOf(kit, call.caller)) });
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
        const open = openTransaction<Tables>(kit);
        const made = await runCommand(open, kit.newId, answeringInside(contract), actor, input, async (tx) => {
          const { call: given, close } = collecting(kit, contract, actor);
          const answer = await act({ ...input, ...given, tx });
          return { answer, ...close() };
        });
        await write(made, call);
        return undefined;
      });
    return { contract, serve };
  }

  /** A command by an uploaded list: the request orders a job, which reads the file and acts for who ordered it. */
  function list<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Asked, List, Outcome extends z.ZodType>(
    contract: Ordering<P, Q, B>,
    shape: ListShape<Ordering<P, Q, B>, Tables, Asked, List, Outcome>,
  ): Handled {
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, async (call) => {
        const read = typedSql<Tables>(readsOf(kit, call.caller));
        const asked = await shape.ask({ ...call, kit, read });
        const { kind, maxBytes } = shape;
        // The name of the file is in the query of every upload (contracts, core/list-job).
        const { name } = call.query as { readonly name: string };
        const ordered: JobOrdered = await orderList(kit, contract, call, call.upload, { kind, name, asked, maxBytes });
        // The same type, which the checker does not see through the other parameters.
        return ordered as AnswerInputOf<Ordering<P, Q, B>>;
      });
    const jobs = (kit: ServiceKit) => ({
      [shape.kind]: listJob<Asked, List, z.input<Outcome>>(kit, {
        read: (path, order, run) => shape.read(path, order, run),
        take: (actor, rows, order) => {
          const command = comingTo(contract, shape.outcome);
          const { asked, name, file } = order;
          const input = { asked, name, sha256: file.sha256 };
          return runCommand(openTransaction<Tables>(kit), kit.newId, command, actor, input, async (tx) => {
            const { call, close } = collecting(kit, command, actor);
            const answer = await shape.take({ ...call, tx, list: rows, order });
            return { answer, ...close() };
          });
        },
      }),
    });
    return { contract, serve, jobs };
  }
  return { command, query, download, paper, list };
}
