import type { AnswerInputOf, BodyOf, Operation, ParamsOf, QueryOf } from '@bangfu/contracts/core/operation';
import { pgSql } from '@bangfu/data/sql';
import { type ReadSql, type Transaction, typedSql, typedTransaction } from '@bangfu/data/typed-sql';
import type { NewEvent } from '@bangfu/events/catalog/define';
import type { Router } from 'express';
import type { z } from 'zod';
import type { AuditEntry } from '../audit/entry.ts';
import type { Caller } from '../auth/caller.ts';
import { type Actor, type OpenTransaction, runCommand } from '../db/command.ts';
import { readsOf } from '../db/reads.ts';
import { route } from '../http/route.ts';
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

/** An operation with its handler, as a feature exports it. */
export interface Handled {
  readonly contract: Operation;
  serve(router: Router, kit: ServiceKit): void;
}

/** A command that other code of its service may carry out too: a job, a reaction, the demo. */
export interface Command<O> extends Handled {
  run(kit: ServiceKit, actor: Actor, input: Partial<InputOf<O>>): Promise<AnswerInputOf<O>>;
}

/** Serves the operations of a service's features. */
export function serveOperations(router: Router, kit: ServiceKit, features: readonly (readonly Handled[])[]): Router {
  for (const operation of features.flat()) operation.serve(router, kit);
  return router;
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
        const audit: Omit<AuditEntry, 'id'>[] = [];
        const events: NewEvent[] = [];
        let isNothing = false;
        const answer = await handler({
          ...input,
          tx,
          kit,
          caller: actor.caller,
          now: actor.now,
          language: actor.language ?? 'zh',
          newId: () => kit.newId(actor.now),
          emit: (event) => void events.push(event),
          audit: {
            change: (recordType, recordId, before, after) => {
              const change = { ...(before && { before }), after };
              audit.push({ action: contract.audit ?? '', recordType, recordId, change });
            },
            nothing: () => {
              isNothing = true;
            },
          },
        });
        if (audit.length === 0 && !isNothing) throw new Error(`${contract.id} changed something without an audit row`);
        return { answer, audit, events };
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
  return { command, query };
}
