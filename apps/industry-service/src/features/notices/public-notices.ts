import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { declarationClock } from '@bangfu/domain/industry/declaration-notice';
import type { ExpressionBuilder } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import type { Tables } from '../../operations.ts';

/** When the clock of `declaration_notice n` was stopped, and went on. */
const pausesOf = (eb: ExpressionBuilder<Tables & { n: Tables['declaration_notice'] }, 'n'>) =>
  jsonArrayFrom(
    eb
      .selectFrom('declaration_objection as o')
      .whereRef('o.notice_id', '=', 'n.id')
      .select((o) => [
        'o.id',
        instantOf(o.ref('o.raised_at')).as('raisedAt'),
        instantOf(o.ref('o.answered_at')).as('answeredAt'),
      ]),
  );

/** The notices that hang now. Only what a notice may say: never account, number or identity of a household. */
export const hangingNotices = (read: ReadSql<Tables>) =>
  read
    .selectFrom('declaration_notice as n')
    .innerJoin('declaration as d', (join) =>
      join.onRef('d.id', '=', 'n.declaration_id').onRef('d.revision', '=', 'n.revision'),
    )
    .innerJoin('entity as e', 'e.id', 'd.entity_id')
    .where('d.status', '=', 'on-notice')
    .where('n.opened_at', 'is not', null)
    .where('n.closed_at', 'is', null)
    .select(['n.id as noticeId', 'd.id as declarationId', 'e.name as entityName', 'd.year'])
    .select(['d.period_from as from', 'd.period_end as to', 'n.village_name as villageName', 'n.households'])
    .select('n.total_fen as totalFen')
    .select((eb) => [
      instantOf(eb.ref('n.opened_at').$notNull()).as('openedAt'),
      eb.ref('n.required_days').$notNull().as('requiredDays'),
      eb.ref('n.content_hash').$notNull().as('contentHash'),
      eb.ref('n.number').$notNull().as('verifyNumber'),
      pausesOf(eb).as('pauses'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof hangingNotices>['executeTakeFirstOrThrow']>>;

/** A notice that hangs as the public sees it, with its clock. */
export function publicNotice({ pauses, ...row }: Row) {
  const objections = pauses.map(({ id, raisedAt, answeredAt }) => ({
    id,
    raisedAt: new Date(raisedAt),
    ...(answeredAt && { answeredAt: new Date(answeredAt) }),
  }));
  const clock = declarationClock({ ...row, openedAt: new Date(row.openedAt), objections });
  return { ...row, closedAt: null, closableFrom: clock.closableFrom?.toISOString() ?? null };
}
