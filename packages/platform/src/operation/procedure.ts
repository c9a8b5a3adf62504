import type { AnswerInputOf, Operation } from '@bangfu/contracts/core/operation';
import type { Router } from 'express';
import type { z } from 'zod';
import { isDone } from '../http/answer.ts';
import { route } from '../http/route.ts';
import type { ServiceKit } from '../service.ts';
import { carryOut, type DownloadCall, type Given, type Handled, type OperationKit, readFor } from './carry-out.ts';

/** What the handler of a procedure works with; its command is one transaction, which it opens by itself. */
export interface ProcedureCall<O, Tables, Kit = ServiceKit> extends DownloadCall<O, Tables, Kit> {
  readonly idempotencyKey: string | undefined;
  /**
   * Carries out the operation's command.
   * @param input what a repeat of its key is known by, where it is not what was asked
   */
  act(work: (given: Given<Tables, Kit>) => Promise<AnswerInputOf<O>>, input?: unknown): Promise<AnswerInputOf<O>>;
}

/** The shape of an operation that does more than its command. */
export function proceduresOver<Tables, Kit extends OperationKit>() {
  /**
   * An operation that does more than its command: before it what a transaction must not wait for, and after it; it may
   * read what else the request says, and set headers and cookies of the answer.
   * @throws Error when a contract with an audit action was answered without a command
   */
  function procedure<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: ProcedureCall<Operation<P, Q, B, A>, Tables, Kit>) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
  ): Handled<Kit> {
    const serve = (router: Router, kit: Kit) =>
      route(router, kit, contract, async (call) => {
        const { params, query: asked, body } = call;
        const act: ProcedureCall<Operation<P, Q, B, A>, Tables, Kit>['act'] = (
          work,
          input = { params, query: asked, body },
        ) => carryOut<Tables, AnswerInputOf<Operation<P, Q, B, A>>, Kit>(kit, contract, call, input, work);
        const answer = await handler({ ...call, kit, read: readFor<Tables>(contract, kit, call.caller), act });
        if (contract.audit && !isDone()) throw new Error(`${contract.id} was answered without its command`);
        return answer;
      });
    return { contract, serve };
  }
  return procedure;
}
