import { demand } from '../../shared/errors.ts';
import type { BusinessDay } from '../../shared/time.ts';
import type { CaseKind } from '../policy/policy.ts';

/** What a case gives to a notice. A caller may hold more of the household; nothing else is read. */
export interface NoticeSubject {
  readonly headName: string;
  readonly villageName: string;
}

/** Where and for how long the notice hangs. */
export interface NoticeFrame {
  readonly kind: CaseKind;
  readonly level: 'village' | 'township' | 'county';
  /** Name of the division that publishes. */
  readonly place: string;
  readonly openedOn: BusinessDay;
  readonly fullDays: number;
}

/** A notice as it is published: names and village only (domain §4). Keys stand in the order RFC 8785 sorts them. */
export interface NoticeContent {
  readonly entries: readonly { readonly name: string; readonly village: string }[];
  readonly format: 'bangfu-notice/1';
  readonly fullDays: number;
  readonly kind: CaseKind;
  readonly level: NoticeFrame['level'];
  readonly openedOn: BusinessDay;
  readonly place: string;
}

/** A run of digits this long is a phone, an account or an ID number that slipped into a name. */
const LEAKED_NUMBER = /\d(?:[\s-]?\d){5,}/;

const shown = (text: string): string => {
  const plain = text.normalize('NFKC').trim();
  demand(plain !== '' && !LEAKED_NUMBER.test(plain), 'NOTICE_TEXT_UNFIT');
  return plain;
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Builds what a notice shows. Entries are sorted by village and name, so a batch gives the same notice in any order.
 * @throws NOTICE_TEXT_UNFIT when a name or place is empty or carries a number; NOTICE_EMPTY without entries.
 */
export function noticeContent(frame: NoticeFrame, subjects: readonly NoticeSubject[]): NoticeContent {
  demand(subjects.length > 0, 'NOTICE_EMPTY');
  const entries = subjects
    .map((subject) => ({ name: shown(subject.headName), village: shown(subject.villageName) }))
    .sort((a, b) => compare(a.village, b.village) || compare(a.name, b.name));
  return {
    entries,
    format: 'bangfu-notice/1',
    fullDays: frame.fullDays,
    kind: frame.kind,
    level: frame.level,
    openedOn: frame.openedOn,
    place: shown(frame.place),
  };
}

/**
 * The text that is hashed when the notice opens: RFC 8785 JSON. Rebuilt with the keys in sorted order and holding only
 * strings and whole numbers, it is what JSON.stringify writes.
 */
export function canonicalNotice(content: NoticeContent): string {
  const { entries, format, fullDays, kind, level, openedOn, place } = content;
  return JSON.stringify({
    entries: entries.map(({ name, village }) => ({ name, village })),
    format,
    fullDays,
    kind,
    level,
    openedOn,
    place,
  });
}
