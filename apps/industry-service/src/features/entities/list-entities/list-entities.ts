import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/entities';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsNumber, holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import { query, type Tables } from '../../../operations.ts';
import { contractsOf, householdsOf, shownEntities } from '../entity.repository.ts';

type Asked = QueryOf<typeof contract.listEntities>;

const orderFor = (caller: Caller, today: BusinessDay) =>
  orderOf<Asked>()(
    (read: ReadSql<Tables>) => read.selectFrom('entity as e'),
    ({ name, text, stage, number, id }) => ({
      columns: {
        name: name('e.name'),
        creditCode: text('e.credit_code'),
        kind: stage('e.kind', contract.ENTITY_KINDS),
        representativeRole: name('e.representative_role'),
        state: stage('e.state', contract.ENTITY_STATES),
        townshipName: text('e.seat_code'),
        contracts: number((eb) => contractsOf(eb, today)),
        households: number((eb) => householdsOf(eb, caller, today)),
      },
      own: [name('e.name'), id('e.id')],
    }),
  );

/** One page of the entities a caller sees, as the list and the home show them. */
export function findEntities(
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
  now: Date,
): Promise<AnswerInputOf<typeof contract.listEntities>> {
  const today = businessDayOf(now);
  const pattern = searchPattern(asked.search);
  let found = shownEntities(read, caller, today);
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([holdsName(eb.ref('e.name'), pattern), beginsNumber(eb.ref('e.credit_code'), pattern)]),
    );
  }
  if (asked.kind) found = found.where('e.kind', '=', asked.kind);
  if (asked.state) found = found.where('e.state', '=', asked.state);
  return pageOfList(found, orderFor(caller, today), asked);
}

/** Entities by name. */
export const listEntities = query(contract.listEntities, ({ read, caller, query: asked, now }) =>
  findEntities(read, caller, asked, now),
);
