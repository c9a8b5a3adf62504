import type { NoticeRow } from '@bangfu/contracts/identification/notices';
import { inRegions } from '@bangfu/data/scope';
import type { ReadSql } from '@bangfu/data/typed-sql';
import type { CaseKind } from '@bangfu/domain/identification/policy/policy';
import { addDays, businessDay } from '@bangfu/domain/shared/time';
import { type ExpressionBuilder, sql } from 'kysely';
import type { Tables } from '../../operations.ts';

type Language = 'zh' | 'en';
type Of = ExpressionBuilder<Tables & { n: Tables['notice'] }, 'n'>;

/** The place and the number of households of a notice `n`, of what it says. */
export const placeOf = ({ ref }: Of) => sql<string>`${ref('n.content')}->>'place'`;
export const entriesOf = ({ ref }: Of) => sql<number>`jsonb_array_length(${ref('n.content')}->'entries')`;

/** A notice `n` lies within a scope when the case of one of its entries does, by the village it is in now. */
export const noticeInScope = (eb: Of, prefixes: readonly string[]) =>
  eb.exists(
    eb
      .selectFrom('notice_case as e')
      .innerJoin('case_file as f', 'f.id', 'e.case_id')
      .whereRef('e.notice_id', '=', 'n.id')
      .where((e) => inRegions(e.ref('f.village_code'), prefixes))
      .select('e.notice_id'),
  );

/** Notices `n` with their last status `s`. */
export const noticeStatuses = (read: ReadSql<Tables>) =>
  read.selectFrom('notice as n').innerJoinLateral(
    (from) =>
      from
        .selectFrom('notice_status as each')
        .whereRef('each.notice_id', '=', 'n.id')
        .orderBy('each.position', 'desc')
        .limit(1)
        .select('each.status')
        .as('s'),
    (join) => join.onTrue(),
  );

/** Notices `n` with their last status `s`, the cases `h` that hang in them, of which closable at an instant, and objections `o`. */
export const noticeRows = (read: ReadSql<Tables>, now: Date) =>
  noticeStatuses(read)
    .crossJoinLateral((from) =>
      from
        .selectFrom('case_file as c')
        .whereRef('c.notice_id', '=', 'n.id')
        .select(({ fn }) => [
          fn.countAll<number>().as('hanging'),
          fn.countAll<number>().filterWhere('c.notice_closable_from', '<=', now).as('closable'),
          fn.min('c.notice_closable_from').as('closable_from'),
        ])
        .as('h'),
    )
    .crossJoinLateral((from) =>
      from
        .selectFrom('objection as each')
        .leftJoin('objection_answer as a', 'a.objection_id', 'each.id')
        .whereRef('each.notice_id', '=', 'n.id')
        .select(({ fn }) => [
          fn.countAll<number>().as('objections'),
          fn.countAll<number>().filterWhere('a.objection_id', 'is', null).as('open'),
        ])
        .as('o'),
    )
    .select(['n.id', 'n.year', 'n.serial', 'n.kind', 'n.level', 'n.region_code as regionCode'])
    .select(['n.opened_on as openedOn', 'n.full_days as fullDays', 'n.content_hash as contentHash'])
    .select((eb) => [placeOf(eb).as('place'), entriesOf(eb).as('households')])
    .select(['n.account_name as openedBy', 's.status', 'h.hanging', 'h.closable', 'h.closable_from as closableFrom'])
    .select(['o.objections', 'o.open as openObjections']);

/** A notice as its query gives it. */
export type NoticeData = Awaited<ReturnType<ReturnType<typeof noticeRows>['execute']>>[number];

const KINDS: Readonly<Record<CaseKind, Readonly<Record<Language, string>>>> = {
  registration: { zh: '贫困户识别', en: 'registration of poor households' },
  return: { zh: '返贫户识别', en: 'registration of returned households' },
  exit: { zh: '贫困户退出', en: 'exit from poverty' },
  monitoring: { zh: '监测对象识别', en: 'monitoring' },
  clearing: { zh: '监测对象风险消除', en: 'clearing of risk' },
};
const LEVELS: Readonly<Record<NoticeRow['level'], Readonly<Record<Language, string>>>> = {
  village: { zh: '村级公示', en: 'village notice' },
  township: { zh: '乡镇公示', en: 'township notice' },
  county: { zh: '公告', en: 'announcement' },
};

type Named = Pick<NoticeData, 'year' | 'serial' | 'kind' | 'level' | 'place'>;

/** The number under which a notice is filed: 示〔2026〕12号, an announcement 公〔2026〕13号. */
export function noticeNumber({ year, serial, level }: Pick<Named, 'year' | 'serial' | 'level'>): string {
  return `${level === 'county' ? '公' : '示'}〔${year}〕${serial}号`;
}

export function noticeTitle(
  { kind, level, place }: Pick<Named, 'kind' | 'level' | 'place'>,
  language: Language,
): string {
  const words = [place, KINDS[kind][language], LEVELS[level][language]];
  return language === 'zh' ? words.join('') : words.join(': ');
}

/** A notice as answers show it. */
export function shownNotice({ year, serial, closableFrom, ...row }: NoticeData, language: Language): NoticeRow {
  return {
    ...row,
    number: noticeNumber({ year, serial, level: row.level }),
    title: noticeTitle(row, language),
    until: addDays(businessDay(row.openedOn), row.fullDays),
    closableFrom: closableFrom?.toISOString() ?? null,
  };
}
