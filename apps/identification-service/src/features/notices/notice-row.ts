import type { NoticeRow } from '@bangfu/contracts/identification/notices';
import type { CaseKind } from '@bangfu/domain/identification/policy/policy';
import { addDays, type BusinessDay } from '@bangfu/domain/shared/time';

type Language = 'zh' | 'en';

/** A notice as its query gives it. */
export interface NoticeData extends Omit<NoticeRow, 'number' | 'title' | 'until' | 'openedOn' | 'closableFrom'> {
  readonly year: number;
  readonly serial: number;
  readonly openedOn: BusinessDay;
  readonly closableFrom: Date | null;
}

/** The columns of a notice `n` with its last status, its hanging cases at the instant `$1`, and its objections. */
export const NOTICE_COLUMNS = `n.id, n.year, n.serial, n.kind, n.level, n.region_code AS "regionCode",
  to_char(n.opened_on, 'YYYY-MM-DD') AS "openedOn", n.full_days AS "fullDays", n.content->>'place' AS place,
  jsonb_array_length(n.content->'entries') AS households, n.content_hash AS "contentHash", n.account_name AS "openedBy",
  s.status, h.hanging, h.closable, h.closable_from AS "closableFrom", o.objections, o.open AS "openObjections"`;

export const NOTICE_JOINS = `JOIN LATERAL (SELECT status FROM notice_status s WHERE s.notice_id = n.id
    ORDER BY position DESC LIMIT 1) s ON true
  CROSS JOIN LATERAL (SELECT count(*)::int AS hanging, count(*) FILTER (WHERE c.notice_closable_from <= $1)::int AS closable,
    min(c.notice_closable_from) AS closable_from FROM case_file c WHERE c.notice_id = n.id) h
  CROSS JOIN LATERAL (SELECT count(*)::int AS objections, count(*) FILTER (WHERE a.objection_id IS NULL)::int AS open
    FROM objection o LEFT JOIN objection_answer a ON a.objection_id = o.id WHERE o.notice_id = n.id) o`;

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
    until: addDays(row.openedOn, row.fullDays),
    closableFrom: closableFrom?.toISOString() ?? null,
  };
}
