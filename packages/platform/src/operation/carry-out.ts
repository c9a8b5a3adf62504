import type { Readable } from 'node:stream';
import type { AnswerInputOf, BodyOf, Operation, ParamsOf, QueryOf } from '@bangfu/contracts/core/operation';
import { pgSql, type Sql } from '@bangfu/data/sql';
import { type ReadSql, type Transaction, typedSql, typedWithin } from '@bangfu/data/typed-sql';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { Reactions } from '@bangfu/events/inbox/consume';
import type { Request, Response, Router } from 'express';
import type { AuditEntry } from '../audit/entry.ts';
import type { Caller } from '../auth/caller.ts';
import { type ActedOperation, type Actor, type OpenTransaction, runCommand } from '../db/command.ts';
import { readsOf } from '../db/reads.ts';
import type { RouteKit } from '../http/route.ts';
import { type JobHandler, orderJob } from '../jobs/job.ts';
import type { Schedule } from '../schedules/schedules.ts';
import type { ServiceKit } from '../service.ts';

/** What operations are carried out with: the kit of a service, or the gateway. */
export type OperationKit = RouteKit & Pick<ServiceKit, 'pool' | 'readPool' | 'bulk' | 'newId' | 'nudgeJobs'>;

/** What an operation is called with. */
export interface InputOf<O> {
  readonly params: ParamsOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
}

/** What a command leaves in the audit log; its action is the contract's. */
export interface AuditTrail {
  /** A record is new (`before` is null), or has changed. */
  change(recordType: string, recordId: string, before: object | null, after: object): void;
  /** A change that is written down in another form. */
  entry(recordType: string, recordId: string, change: object | null): void;
  /** A change of another record that the command brings with it, under an action of its own. */
  besides(action: string, recordType: string, recordId: string, change: object | null): void;
  /** The command found that all was done already: a repeat that changes nothing. */
  nothing(): void;
  /** What was done belongs to this county: the public has none of its own. */
  inCounty(countyCode: string): void;
}

/** What the handler of a command works with. All of it belongs to one transaction. */
export interface CommandCall<O, Tables, Kit = ServiceKit> extends InputOf<O> {
  readonly tx: Transaction<Tables>;
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
  readonly audit: AuditTrail;
  readonly kit: Kit;
  newId(): string;
  /** Tells the other services, when the command is committed. */
  emit(event: NewEvent): void;
  /** Orders long work, which begins when the command is committed. @returns the job's id */
  orderWork(job: { readonly kind: string; readonly title: string; readonly input: unknown }): Promise<string>;
  /** Does something of this process when the command is committed, such as to forget what is out of date. */
  afterCommit(work: () => void): void;
}

/** What is particular about a command. */
export interface CommandTraits<O, Kit = ServiceKit> {
  /** False where the answer must not be kept for a repeat of its key, which is then carried out again. */
  readonly keepsAnswer?: boolean;
  /** Its work takes long, and its connection has the limits of long work. */
  readonly isLong?: boolean;
  /** What is left to do when it is committed, also by a repeat: such as to remove a file. */
  afterwards?(done: InputOf<O> & { readonly kit: Kit }): Promise<void>;
}

/** What the handler of a query works with; nothing of it can write. */
export interface QueryCall<O, Tables, Kit = ServiceKit> extends InputOf<O> {
  readonly read: ReadSql<Tables>;
  readonly caller: Caller;
  readonly now: Date;
  readonly language: 'zh' | 'en';
  readonly request: Request;
  readonly kit: Kit;
}

/** What the handler of a download works with; it writes its answer by itself. */
export interface DownloadCall<O, Tables, Kit = ServiceKit> extends QueryCall<O, Tables, Kit> {
  readonly response: Response;
}

/** What an uploaded file is taken and read with, before the transaction of its command. */
export interface UploadCall<O, Tables, Kit = ServiceKit> extends QueryCall<O, Tables, Kit> {
  readonly upload: Readable;
  /** Whose end says that nobody waits for the reading any more. */
  readonly response: Response;
}

/** What a paper is written with. */
export type Written = 'params' | 'query' | 'body' | 'caller' | 'now' | 'language' | 'request' | 'response';

/** What a feature is made of: operations, long work, and what it does on events and by the clock. */
export interface Part<Kit = ServiceKit> {
  serve?(router: Router, kit: Kit): void;
  /** Its long work, by the kind of its jobs. */
  jobs?(kit: Kit): Readonly<Record<string, JobHandler>>;
  /** What it does on events, by their types. */
  reactions?(kit: Kit): Reactions;
  /** What it does by the clock. */
  schedules?(kit: Kit): readonly Schedule[];
}

/** An operation with its handler, as a feature exports it. */
export interface Handled<Kit = ServiceKit> extends Part<Kit> {
  readonly contract: Operation;
  serve(router: Router, kit: Kit): void;
}

/** A command that other code of its service may carry out too: a job, a reaction, the demo. */
export interface Command<O, Kit = ServiceKit> extends Handled<Kit> {
  run(kit: Kit, actor: Actor, input: Partial<InputOf<O>>): Promise<AnswerInputOf<O>>;
}

/** Collects what a handler says of its command; `close` gives it to the transaction. */
export function collecting<Kit extends OperationKit>(
  kit: Kit,
  contract: ActedOperation,
  { caller, now, language = 'zh' }: Actor,
) {
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

/** Opens a service's transaction for typed SQL over its tables. */
const openTransaction = <Tables>({ bulk }: OperationKit): OpenTransaction<Transaction<Tables>> =>
  Object.assign(
    <T>(work: (tx: Transaction<Tables>, sql: Sql) => Promise<T>) =>
      bulk((client, sql) => typedWithin<Tables, T>(client, (tx) => work(tx, sql))),
    { keyHash: bulk.keyHash },
  );

/** What a command is carried out with, whatever it is called with. */
export type Given<Tables, Kit = ServiceKit> = Omit<CommandCall<Operation, Tables, Kit>, keyof InputOf<Operation>>;

/**
 * Carries a command out: its work, audit rows, events and ordered jobs are one transaction. Operations have their shapes
 * for it; a job that acts for who ordered it calls it itself.
 * @throws Error when the work neither audits a change nor says that there was none
 */
export async function carryOut<Tables, Answer, Kit extends OperationKit = ServiceKit>(
  kit: Kit,
  contract: ActedOperation,
  actor: Actor,
  input: unknown,
  work: (given: Given<Tables, Kit>) => Promise<Answer>,
): Promise<Answer> {
  let after: (() => void)[] = [];
  const done = await runCommand(openTransaction<Tables>(kit), kit.newId, contract, actor, input, async (tx) => {
    const { call, close } = collecting(kit, contract, actor);
    after = [];
    const afterCommit = (each: () => void) => void after.push(each);
    const orderWork: Given<Tables>['orderWork'] = async (job) => {
      const id = call.newId();
      await orderJob(pgSql(tx.client), { id, ...job, caller: actor.caller, now: actor.now });
      afterCommit(kit.nudgeJobs);
      return id;
    };
    const answer = await work({ ...call, tx, orderWork, afterCommit });
    return { answer, ...close() };
  });
  for (const each of after) each();
  return done;
}

/** What reads for a caller: by the role of the database that their grants ask for. */
export const readAs = <Tables>(kit: OperationKit, caller: Caller): ReadSql<Tables> =>
  typedSql<Tables>(readsOf(kit, caller));

/** What reads for a call: the public, who has no grants, by the role that can only read. */
export const readFor = <Tables>({ access }: Operation, kit: OperationKit, caller: Caller): ReadSql<Tables> =>
  access === 'public' ? typedSql<Tables>(kit.readPool) : readAs<Tables>(kit, caller);
