import { createHash } from 'node:crypto';
import {
  canonicalNotice,
  type NoticeContent,
  type NoticeFrame,
  noticeContent,
} from '@bangfu/domain/identification/notice/content';
import { businessDayOf } from '@bangfu/domain/shared/time';
import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { CaseFile } from '../cases/case.repository.ts';

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
  sql: Sql,
  actor: Actor,
  notice: SealedNotice & { readonly id: string; readonly regionCode: string; readonly countyCode: string },
  files: readonly CaseFile[],
): Promise<void> {
  const { id, content, contentHash, caseIds, regionCode, countyCode } = notice;
  const { caller, now } = actor;
  const openedOn = businessDayOf(now);
  const year = Number(openedOn.slice(0, 4));
  await sql.query('SELECT count(pg_advisory_xact_lock(hashtextextended($1, 0)))', [`notice ${countyCode} ${year}`]);
  await sql.query(
    `INSERT INTO notice (id, county_code, year, serial, kind, level, region_code, opened_at, opened_on, full_days,
       content, content_hash, account_id, account_name)
     SELECT $1::uuid, $2, $3::int, coalesce(max(serial), 0) + 1, $4, $5, $6, $7::timestamptz, $8::date, $9::int, $10::jsonb,
       $11, $12, $13 FROM notice WHERE county_code = $2 AND year = $3::int`,
    [
      id,
      countyCode,
      year,
      content.kind,
      content.level,
      regionCode,
      now.toISOString(),
      openedOn,
      content.fullDays,
      JSON.stringify(content),
      contentHash,
      caller.id,
      caller.name,
    ],
  );
  const villages = new Map(files.map((file) => [file.id, file.villageCode]));
  await sql.query(
    `INSERT INTO notice_case (notice_id, position, county_code, case_id, village_code)
     SELECT $1::uuid, n.position, $2, n.id, n.village
     FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS n (id, village, position)`,
    [id, countyCode, [...caseIds], caseIds.map((caseId) => villages.get(caseId) ?? '')],
  );
  await sql.query(
    `INSERT INTO notice_status (notice_id, position, county_code, status, at, account_id, account_name)
     VALUES ($1::uuid, 1, $2, $3, $4::timestamptz, $5, $6)`,
    [id, countyCode, content.level === 'county' ? 'announced' : 'opened', now.toISOString(), caller.id, caller.name],
  );
}
