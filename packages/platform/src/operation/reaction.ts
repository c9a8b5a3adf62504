import { pgSql } from '@bangfu/data/sql';
import { type Transaction, typedWithin } from '@bangfu/data/typed-sql';
import type { EventDefinition, NewEvent } from '@bangfu/events/catalog/define';
import type { Envelope } from '@bangfu/events/envelope';
import { reaction as reactionOf, type Reactions } from '@bangfu/events/inbox/apply';
import { appendEvents } from '@bangfu/events/outbox/append';
import { writeAudit } from '../audit/entry.ts';
import type { Caller } from '../auth/caller.ts';
import { systemCaller } from '../auth/system-caller.ts';
import type { ActedOperation } from '../db/command.ts';
import type { ServiceKit } from '../service.ts';
import { type AuditTrail, collecting, type OperationKit, type Part } from './carry-out.ts';

/** What a service does by itself because of an event. */
export interface Reacting {
  /** The service itself; the event's id stands for the request. */
  readonly caller: Caller;
  readonly audit: AuditTrail;
  newId(): string;
  /** Tells the other services, when the batch is committed. */
  emit(event: NewEvent): void;
}

/** What the handler of a reaction works with. All of it belongs to one transaction. */
export interface ReactionCall<Data, Tables, Kit = ServiceKit> {
  readonly tx: Transaction<Tables>;
  /** In their order; of each record at most one. */
  readonly events: readonly Envelope<Data>[];
  readonly kit: Kit;
  readonly now: Date;
  /**
   * Acts because of one of the events, as an operation would: what it audits and emits is written in the same
   * transaction, when the handler has ended.
   */
  as(event: Pick<Envelope, 'id' | 'countycode'>, contract: ActedOperation): Reacting;
}

/**
 * The shape of what a service does on events of one type, whose data are parsed by the type's schema.
 * @throws Error when it acts and neither audits a change nor says that there was none
 */
export const reactionsOver =
  <Tables, Kit extends OperationKit = ServiceKit>() =>
  <Data extends Record<string, unknown>>(
    definition: EventDefinition<Data>,
    handler: (call: ReactionCall<Data, Tables, Kit>) => Promise<void>,
  ): Part<Kit> => ({
    reactions: (kit) =>
      reactionOf(definition, async ({ client }, events) => {
        const now = kit.clock();
        const acts: { readonly caller: Caller; close: ReturnType<typeof collecting>['close'] }[] = [];
        const as: ReactionCall<Data, Tables, Kit>['as'] = ({ countycode, id }, contract) => {
          const caller = systemCaller(countycode, id);
          const { call, close } = collecting(kit, contract, { caller, now });
          acts.push({ caller, close });
          return call;
        };
        await typedWithin<Tables, void>(client, (tx) => handler({ tx, events, kit, now, as }));
        const sql = pgSql(client);
        for (const { caller, close } of acts) {
          const { audit, events: facts, countyCode = caller.countyCode } = close();
          const entries = audit.map((entry) => ({ ...entry, id: kit.newId(now) }));
          await writeAudit(sql, { ...caller, countyCode }, entries, now);
          await appendEvents(sql, facts, now, () => kit.newId(now));
        }
      }),
  });

/** Several reactions as one: those on the same type follow each other in their order, in the same transaction. */
export function composed(all: readonly Reactions[]): Reactions {
  const byType = Map.groupBy(
    all.flatMap((each) => Object.entries(each)),
    ([type]) => type,
  );
  return Object.fromEntries(
    [...byType].map(([type, entries]) => [
      type,
      {
        batch: async (sql, events) => {
          for (const [, { batch }] of entries) await batch(sql, events);
        },
      } satisfies Reactions[string],
    ]),
  );
}
