import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/training/trainees';
import { countOf } from '@bangfu/data/count-of';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { type ExpressionBuilder, sql } from 'kysely';
import { learnerVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';

type Asked = QueryOf<typeof contract.listTrainees>;

/** A person with the enrolments that hold; the latest one says where the person lives. */
interface Person {
  readonly id: string;
  readonly latest: string;
  readonly enrolments: string[];
}
type OfPerson = ExpressionBuilder<Tables & { p: Person }, 'p'>;

/** Enrolments that hold, within the caller's scope. */
const enrolled = (read: ReadSql<Tables>, caller: Caller) =>
  read
    .selectFrom('enrolment as e')
    .innerJoin('training_class as c', 'c.id', 'e.class_id')
    .where('e.withdrawn_on', 'is', null)
    .where((eb) => learnerVisible(eb, caller));

/** The same, by the beginning of a household number or a name. */
function found(read: ReadSql<Tables>, caller: Caller, search: string) {
  const all = enrolled(read, caller);
  return search === ''
    ? all
    : all.where((eb) =>
        eb.or(
          [eb.ref('e.household_number'), eb.ref('e.person_name')].map(
            (column) => sql<boolean>`starts_with(${column}, ${search})`,
          ),
        ),
      );
}

/** Their persons. */
const persons = (read: ReadSql<Tables>, caller: Caller, search: string) =>
  found(read, caller, search)
    .groupBy('e.person_id')
    .select((eb) => [
      'e.person_id as id',
      sql<string>`(array_agg(${eb.ref('e.id')} order by ${eb.ref('e.id')} desc))[1]`.as('latest'),
      sql<string[]>`array_agg(${eb.ref('e.id')})`.as('enrolments'),
    ]);

const classesOf = (eb: OfPerson) => sql<number>`cardinality(${eb.ref('p.enrolments')})`;

/** Marks in sessions that were not cancelled. */
const marksOf = (eb: OfPerson) =>
  eb
    .selectFrom('attendance as a')
    .innerJoin('class_session as s', 's.id', 'a.session_id')
    .where('s.cancelled', 'is', null)
    .where((a) => sql<boolean>`${a.ref('a.enrolment_id')} = any (${a.ref('p.enrolments')})`);

const presentOf = (eb: OfPerson) => countOf(marksOf(eb).where('a.mark', '=', 'present'));

const markedOf = (eb: OfPerson) => countOf(marksOf(eb));

const certificatesOf = (eb: OfPerson) =>
  countOf(
    eb
      .selectFrom('certificate as t')
      .where((t) => sql<boolean>`${t.ref('t.enrolment_id')} = any (${t.ref('p.enrolments')})`)
      .where('t.withdrawn_on', 'is', null),
  );

/** The persons of a caller's scope, as the list shows them. */
const trainees = (caller: Caller, search: string) => (read: ReadSql<Tables>) =>
  read
    .selectFrom(persons(read, caller, search).as('p'))
    .innerJoin('enrolment as e', 'e.id', 'p.latest')
    .select(['p.id as personId', 'e.person_name as personName', 'e.household_id as householdId'])
    .select(['e.household_number as householdNumber', 'e.township_name as townshipName'])
    .select('e.village_name as villageName')
    .select((eb) => [
      classesOf(eb).as('classes'),
      presentOf(eb).as('present'),
      markedOf(eb).as('marked'),
      certificatesOf(eb).as('certificates'),
    ]);

const orderOver = (from: ReturnType<typeof trainees>) =>
  orderOf<Asked>()(from, ({ text, person, number, id }) => ({
    columns: {
      personName: person('e.person_name'),
      householdNumber: text('e.household_number'),
      villageName: text('e.village_code'),
      classes: number(classesOf),
      present: number(presentOf),
      marked: number(markedOf),
      certificates: number(certificatesOf),
    },
    own: [text('e.household_number'), id('p.id')],
  }));

/** One page of the persons enrolled within the caller's scope, by household number; each person once. */
export function findTrainees(
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
): Promise<AnswerInputOf<typeof contract.listTrainees>> {
  const search = asked.search?.trim() ?? '';
  const from = trainees(caller, search);
  // Persons are counted without what the list says of each.
  const count = found(read, caller, search).select((eb) => eb.fn.count<number>('e.person_id').distinct().as('total'));
  return pageOfList(from(read), orderOver(from), asked, readsMasked(caller), count);
}

/** Marks of presence by marks entered, over all trainees of the scope, in basis points; null without a mark. */
export async function readAttendanceRate(read: ReadSql<Tables>, caller: Caller): Promise<number | null> {
  const { present, marked } = await read
    .selectFrom('attendance as a')
    .innerJoin('class_session as s', 's.id', 'a.session_id')
    .where('s.cancelled', 'is', null)
    .where('a.enrolment_id', 'in', enrolled(read, caller).select('e.id'))
    .select(({ fn }) => [
      fn.countAll<number>().filterWhere('a.mark', '=', 'present').as('present'),
      fn.countAll<number>().as('marked'),
    ])
    .executeTakeFirstOrThrow();
  return marked === 0 ? null : Math.floor((present * 10_000) / marked);
}

/** Persons enrolled in a class of the caller's scope. */
export const listTrainees = query(contract.listTrainees, ({ read, caller, query: asked }) =>
  findTrainees(read, caller, asked),
);
