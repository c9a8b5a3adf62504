import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/training/classes';
import { inRegions } from '@bangfu/data/scope';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type BusinessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { holdsName, searchPattern } from '@bangfu/platform/search/name-search';
import { sql } from 'kysely';
import { certificatesOf, sessionsOf } from '../../../db/session-counts.ts';
import { classVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { enrolledOf, onDay, shownClasses } from '../class.repository.ts';

type Asked = QueryOf<typeof contract.listClasses>;

const orderOn = (today: BusinessDay) =>
  orderOf<Asked>()(shownClasses, ({ name, day, number, id }) => {
    const begins = day('c.begins');
    return {
      columns: {
        name: name('c.name'),
        courseName: name('k.name'),
        providerName: name('p.name'),
        place: name('c.place'),
        begins,
        ends: day('c.ends'),
        // Planned, running, ended.
        state: number(
          (eb) => sql<number>`(case when ${eb.ref('c.begins')} > ${today}::date then 1
            when ${eb.ref('c.ends')} >= ${today}::date then 2 else 3 end)`,
        ),
        capacity: number('c.capacity'),
        enrolled: number(enrolledOf),
        sessions: number(sessionsOf),
        certificates: number(certificatesOf),
      },
      own: [
        { ...begins, down: true },
        { ...id('c.id'), down: true },
      ],
    };
  });

/** The classes a caller sees that are asked for. */
function foundClasses(read: ReadSql<Tables>, caller: Caller, asked: Asked, today: BusinessDay) {
  const { state, provider, course } = asked;
  const pattern = searchPattern(asked.search);
  const prefixes = regionPrefixes(caller);
  let found = shownClasses(read).where((eb) => classVisible(eb, caller));
  if (state === 'planned') found = found.where('c.begins', '>', today);
  if (state === 'running') found = found.where('c.begins', '<=', today).where('c.ends', '>=', today);
  if (state === 'ended') found = found.where('c.ends', '<', today);
  if (pattern !== null) {
    found = found.where((eb) => eb.or([holdsName(eb.ref('c.name'), pattern), holdsName(eb.ref('k.name'), pattern)]));
  }
  if (provider !== undefined) found = found.where('c.provider_id', '=', provider);
  if (course !== undefined) found = found.where('c.course_id', '=', course);
  if (asked.own !== 'true') return found;
  return found.where((eb) =>
    eb.or([
      inRegions(eb.ref('c.county_code'), prefixes),
      eb.exists(
        eb
          .selectFrom('enrolment as e')
          .whereRef('e.class_id', '=', 'c.id')
          .where('e.withdrawn_on', 'is', null)
          .where((e) => inRegions(e.ref('e.village_code'), prefixes))
          .select('e.id'),
      ),
    ]),
  );
}

/** One page of the classes a caller sees, as the list and the home show them. */
export async function findClasses(
  read: ReadSql<Tables>,
  caller: Caller,
  asked: Asked,
  now: Date,
): Promise<AnswerInputOf<typeof contract.listClasses>> {
  const today = businessDayOf(now);
  const page = await pageOfList(foundClasses(read, caller, asked, today), orderOn(today), asked);
  return { ...page, rows: page.rows.map((row) => onDay(row, today)) };
}

/** Classes by their first day, the latest first. */
export const listClasses = query(contract.listClasses, ({ read, caller, query: asked, now }) =>
  findClasses(read, caller, asked, now),
);
