import { createHash } from 'node:crypto';
import {
  canonicalNotice,
  type NoticeContent,
  type NoticeFrame,
  noticeContent,
} from '@bangfu/domain/identification/notice/content';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { insertMany } from '@bangfu/data/insert-many';
import { sql } from 'kysely';
import type { CaseFile } from '../cases/case.repository.ts';
import type { CaseCall } from '../cases/case-call.ts';

/** A notice about to be published: what it says, sealed. */
export interface SealedNotice {
  readonly content: NoticeContent;
  readonly contentHash: string;
  /** The case behind each entry, in the entries' order. */
  readonly caseIds: readonly string[];
}

/** SHA-256 over the canonical text of a notice (architecture, decision 7), as it is printed and checked. */
export function sealOf(content: NoticeContent): string {
  return createHash('sha256').update(canonicalNotice(content)).digest('hex');
}

const keyOf = (entry: { name: string; village: string }) => `${entry.village}\n${entry.name}`;

/** Makes what a notice shows of the cases, and seals it. @throws DomainError NOTICE_TEXT_UNFIT, NOTICE_EMPTY */
export function sealContent(frame: NoticeFrame, files: readonly CaseFile[]): SealedNotice {
  const subjects = files.map(({ headName, villageName }) => ({ headName, villageName }));
  const content = noticeContent(frame, subjects);
  // Two households may share name and village; either entry may then stand for either case.
  const byEntry = new Map<string, string[]>();
  files.forEach((file, index) => {
    const [entry] = noticeContent(frame, subjects.slice(index, index + 1)).entries;
    const key = entry ? keyOf(entry) : '';
    byEntry.set(key, [...(byEntry.get(key) ?? []), file.id]);
  });
  const caseIds = content.entries.map((entry) => byEntry.get(keyOf(entry))?.shift() ?? '');
  return { content, contentHash: sealOf(content), caseIds };
}

/** Publishes a sealed notice under the county's next number of the year. */
export async function publishNotice(
  { tx, caller, now }: CaseCall,
  notice: SealedNotice & {
    readonly id: string;
    readonly regionCode: string;
    readonly countyCode: string;
    /** The version of the policy that set its days; null for an announcement. */
    readonly policyId: string | null;
  },
  files: readonly CaseFile[],
): Promise<void> {
  const { id, content, contentHash, caseIds, regionCode, countyCode, policyId } = notice;
  const openedOn = businessDayOf(now);
  const year = Number(openedOn.slice(0, 4));
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notice ${countyCode} ${year}`}, 0))::text`.execute(tx.sql);
  const { last } = await tx.sql
    .selectFrom('notice')
    .where('county_code', '=', countyCode)
    .where('year', '=', year)
    .select(({ fn, val }) => fn.coalesce(fn.max('serial'), val(0)).as('last'))
    .executeTakeFirstOrThrow();
  const signed = { account_id: caller.id, account_name: caller.name };
  await tx.sql
    .insertInto('notice')
    .values({
      id,
      county_code: countyCode,
      year,
      serial: last + 1,
      kind: content.kind,
      level: content.level,
      region_code: regionCode,
      opened_at: now,
      opened_on: openedOn,
      full_days: content.fullDays,
      policy_id: policyId,
      content: JSON.stringify(content),
      content_hash: contentHash,
      ...signed,
    })
    .execute();
  const villages = new Map(files.map((file) => [file.id, file.villageCode]));
  await insertMany(
    tx.sql,
    'notice_case',
    caseIds.map((caseId, at) => ({
      notice_id: id,
      position: at + 1,
      county_code: countyCode,
      case_id: caseId,
      village_code: villages.get(caseId) ?? '',
    })),
  );
  const status = content.level === 'county' ? 'announced' : 'opened';
  await tx.sql
    .insertInto('notice_status')
    .values({ notice_id: id, position: 1, county_code: countyCode, status, at: now, ...signed })
    .execute();
}
