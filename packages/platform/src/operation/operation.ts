import type { AnswerInputOf, Operation } from '@bangfu/contracts/core/operation';
import { asLongWork } from '@bangfu/data/limits';
import { Router } from 'express';
import type { z } from 'zod';
import { type ActedOperation, type Actor, answeringInside } from '../db/command.ts';
import { route } from '../http/route.ts';
import type { JobHandler } from '../jobs/job.ts';
import type { ServiceKit } from '../service.ts';
import {
  carryOut,
  type Command,
  type CommandCall,
  type CommandTraits,
  type DownloadCall,
  type Given,
  type Handled,
  type InputOf,
  type OperationKit,
  type Part,
  type QueryCall,
  readAs,
  readFor,
  type UploadCall,
  type Written,
} from './carry-out.ts';
import { jobsOver } from './job.ts';
import { listsOver } from './list.ts';
import { proceduresOver } from './procedure.ts';
import { composed, reactionsOver } from './reaction.ts';
import { schedulesOver } from './schedule.ts';

export { type CommandCall, carryOut, type Given, type OperationKit, type QueryCall } from './carry-out.ts';
export type { ListCall } from './list.ts';
export type { ProcedureCall } from './procedure.ts';

/**
 * What a service is made of: the routes, jobs, reactions and schedules of its features, in their order. What several do
 * on one event follows each other, so that what keeps a copy of others comes first.
 */
export function serveOperations<Kit>(kit: Kit, features: readonly (readonly Part<Kit>[])[]) {
  const router = Router();
  const parts = features.flat();
  for (const part of parts) part.serve?.(router, kit);
  const jobs: Record<string, JobHandler> = Object.assign({}, ...parts.map((part) => part.jobs?.(kit)));
  const reactions = composed(parts.map((part) => part.reactions?.(kit) ?? {}));
  const schedules = parts.flatMap((part) => part.schedules?.(kit) ?? []);
  return { router, jobs, reactions, schedules };
}

/**
 * The shapes of a service's operations over its tables (architecture, “inside a service”). Role, input, idempotency,
 * audit row, events, the right pool and the mask come from the shape; a handler that had to remember one of them would
 * forget it one day.
 */
export function operationsOver<Tables, Kit extends OperationKit = ServiceKit>() {
  /**
   * A command: the handler's work, its audit rows and events are one transaction.
   * @throws Error when the handler neither audits a change nor says that there was none
   */
  function command<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: CommandCall<Operation<P, Q, B, A>, Tables, Kit>) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
    { keepsAnswer = true, isLong = false, afterwards }: CommandTraits<Operation<P, Q, B, A>, Kit> = {},
  ): Command<Operation<P, Q, B, A>, Kit> {
    const run: Command<Operation<P, Q, B, A>, Kit>['run'] = async (kit, actor, given) => {
      const input = { params: {}, query: {}, body: {}, ...given } as InputOf<Operation<P, Q, B, A>>;
      const known = keepsAnswer ? actor : { ...actor, idempotencyKey: undefined };
      const carry = () =>
        carryOut<Tables, AnswerInputOf<Operation<P, Q, B, A>>, Kit>(kit, contract, known, input, (call) =>
          handler({ ...input, ...call }),
        );
      const answer = await (isLong ? asLongWork(carry) : carry());
      await afterwards?.({ ...input, kit });
      return answer;
    };
    const serve = (router: Router, kit: Kit) =>
      route(router, kit, contract, (call) => {
        const { params, query: asked, body } = call;
        return run(kit, call, { params, query: asked, body });
      });
    return { contract, run, serve };
  }

  /** A query: it reads by the role its caller's grants ask for. */
  function query<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: QueryCall<Operation<P, Q, B, A>, Tables, Kit>) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
  ): Handled<Kit> {
    const serve = (router: Router, kit: Kit) =>
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
          read: readFor<Tables>(contract, kit, caller),
        });
      });
    return { contract, serve };
  }

  /** A query that writes its answer by itself: a file, a paper. */
  function download<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    contract: Operation<P, Q, B, A>,
    handler: (call: DownloadCall<Operation<P, Q, B, A>, Tables, Kit>) => Promise<void>,
  ): Handled<Kit> {
    const serve = (router: Router, kit: Kit) =>
      route(router, kit, contract, async (call) => {
        await handler({ ...call, kit, read: readFor<Tables>(contract, kit, call.caller) });
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
    act: (call: CommandCall<Operation<P, Q, B, A>, Tables, Kit>) => Promise<Made>,
    write: (made: Made, call: Pick<DownloadCall<Operation<P, Q, B, A>, Tables, Kit>, Written>) => Promise<void>,
  ): Handled<Kit> {
    const serve = (router: Router, kit: Kit) =>
      route(router, kit, contract, async (call) => {
        const { params, query: asked, body } = call;
        const input = { params, query: asked, body };
        // A file is never kept for a repeat of its key.
        const actor = { ...call, idempotencyKey: undefined };
        const made = await carryOut<Tables, Made, Kit>(kit, answeringInside(contract), actor, input, (given) =>
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
    bring: (call: UploadCall<Operation<P, Q, B, A>, Tables, Kit>) => Promise<Brought>,
    handler: (
      call: CommandCall<Operation<P, Q, B, A>, Tables, Kit> & { readonly brought: Brought },
    ) => Promise<AnswerInputOf<Operation<P, Q, B, A>>>,
    putBack: (kit: Kit, brought: Brought) => Promise<void> = async () => undefined,
  ): Handled<Kit> {
    const serve = (router: Router, kit: Kit) =>
      route(router, kit, contract, async (call) => {
        const { params, query: asked, body } = call;
        const brought = await bring({ ...call, kit, read: readFor<Tables>(contract, kit, call.caller) });
        const input = { params, query: asked, body, brought };
        const done = carryOut<Tables, AnswerInputOf<Operation<P, Q, B, A>>, Kit>(kit, contract, call, input, (given) =>
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

  /** As `carryOut`, over these tables: for what is no operation's call, such as what an installation does at its start. */
  const carriedOut = <Answer>(
    kit: Kit,
    contract: ActedOperation,
    actor: Actor,
    input: unknown,
    work: (given: Given<Tables, Kit>) => Promise<Answer>,
  ): Promise<Answer> => carryOut<Tables, Answer, Kit>(kit, contract, actor, input, work);
  return {
    command,
    query,
    procedure: proceduresOver<Tables, Kit>(),
    carryOut: carriedOut,
    download,
    paper,
    upload,
    list: listsOver<Tables>(),
    job: jobsOver<Tables>(),
    reaction: reactionsOver<Tables, Kit>(),
    schedule: schedulesOver<Tables, Kit>(),
    readAs: readAs<Tables>,
  };
}
