import type { JobOrdered, Ordering } from '@bangfu/contracts/core/list-job';
import type { AnswerInputOf, Operation } from '@bangfu/contracts/core/operation';
import type { Router } from 'express';
import type { z } from 'zod';
import type { Actor } from '../db/command.ts';
import { route } from '../http/route.ts';
import type { JobRun } from '../jobs/job.ts';
import { comingTo, listJob, type ListOrder, orderList, UNWATCHED } from '../jobs/list-job.ts';
import type { ServiceKit } from '../service.ts';
import { carryOut, type CommandCall, type Handled, type QueryCall, readFor } from './carry-out.ts';

/** How an uploaded list becomes what its operation is for: ordered by the request, read and carried out by a job. */
export interface ListShape<O, Tables, Asked, List, Outcome extends z.ZodType> {
  /** The kind of its jobs. */
  readonly kind: string;
  readonly maxBytes: number;
  /** What the job comes to. */
  readonly outcome: Outcome;
  /** What is kept of the request for the job, which parses it. */
  readonly asked: z.ZodType<Asked>;
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

/** An uploaded list's command, which other code of its service may carry out too, with a file that is in the store. */
export interface ListCommand<Asked, Outcome> extends Handled {
  run(kit: ServiceKit, actor: Actor, order: ListOrder<Asked>): Promise<Outcome>;
}

/** The shape of a command by an uploaded list. */
export function listsOver<Tables>() {
  /** A command by an uploaded list: the request orders a job, which reads the file and acts for who ordered it. */
  function list<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Asked, List, Outcome extends z.ZodType>(
    contract: Ordering<P, Q, B>,
    shape: ListShape<Ordering<P, Q, B>, Tables, Asked, List, Outcome>,
  ): ListCommand<Asked, z.input<Outcome>> {
    const keeps = (kit: ServiceKit) => (sha256: string) => shape.isEvidence?.(kit, sha256) ?? Promise.resolve(false);
    const serve = (router: Router, kit: ServiceKit) =>
      route(router, kit, contract, async (call) => {
        const asked = await shape.ask({ ...call, kit, read: readFor<Tables>(contract, kit, call.caller) });
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
        asked: shape.asked,
        isEvidence: keeps(kit),
        read: (path, order, run) => shape.read(path, order, run, kit),
        take: (actor, rows, order) => take(kit, actor, rows, order),
      }),
    });
    return { contract, run, serve, jobs };
  }
  return list;
}
