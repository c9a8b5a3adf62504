import type { Declaration } from '@bangfu/contracts/industry/declarations';
import { openDividendNotice as operation } from '@bangfu/contracts/industry/dividend-notices';
import { openNotice } from '@bangfu/domain/industry/declaration-notice';
import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import type { Reader } from '@bangfu/platform/steps';
import type { Industry } from '../../../db/client.ts';
import { findPosted, listHash, type ListContent, listSubject } from '../../../papers/dividend-list.ts';
import { issuePaper, paperNumber } from '../../../papers/paper.ts';
import { POLICY } from '../../contracts/policy.ts';
import type { DeclarationRow, NoticeRow } from '../../declarations/declaration.repository.ts';
import { takeStep } from '../../declarations/step.ts';
import { noticesOf } from '../notice.repository.ts';

/**
 * Posts the lists of villages of the caller's region. Each is kept line by line as it is posted, sealed by a hash and
 * gets a number to verify.
 * @throws Refusal 404; DomainError DECLARATION_STATUS, NOTICE_OPENED
 */
export function openDividendNotice(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  noticeIds: readonly string[],
): Promise<Declaration> {
  const target = { declarationId, reach: 'sees', input: { noticeIds } } as const;
  return takeStep(service, operation, actor, target, async (sql, before, row) => {
    let after = before;
    const posted: object[] = [];
    for (const notice of noticesOf(actor.caller, row, noticeIds)) {
      after = openNotice(after, notice.code, POLICY, actor.now);
      posted.push(await post(sql, actor, row, notice, paperNumber('dividend-list', service.newId(actor.now))));
    }
    return { after, change: { posted } };
  });
}

/** Keeps the list of a village as it is now, seals it and issues it. */
async function post(sql: Sql, { caller, now }: Actor, row: DeclarationRow, notice: NoticeRow, number: string) {
  await sql.query(
    `INSERT INTO posted_line (notice_id, line_number, county_code, head_name, village_code, village_name, base_fen,
       second_fen, amount_fen)
     SELECT $1::uuid, line_number, county_code, head_name, village_code, village_name, base_fen, second_fen, amount_fen
     FROM dividend_line WHERE declaration_id = $2::uuid AND village_code = $3 AND replaces IS NULL`,
    [notice.id, row.id, notice.code],
  );
  const content: ListContent = {
    format: 2,
    number,
    notice: notice.id,
    declaration: row.id,
    revision: row.revision,
    entity: row.entityName,
    contract: row.contractNumber,
    year: row.year,
    from: row.from,
    to: row.to,
    village: notice.code,
    villageName: notice.name,
    openedAt: now.toISOString(),
    openedBy: caller.name,
    requiredDays: POLICY.noticeDays,
  };
  const contentHash = await listHash(content, await findPosted(sql, notice.id));
  const paper = {
    kind: 'dividend-list',
    subjectId: row.id,
    villageCode: notice.code,
    countyCode: row.countyCode,
    subject: listSubject(content),
    content,
    contentHash,
    lines: notice.households,
    totalFen: notice.totalFen,
  } as const;
  await issuePaper(sql, paper, number, caller, now);
  await sql.query(
    `UPDATE declaration_notice SET opened_at = $2::text::timestamptz, opened_by = $3, required_days = $4::int,
       content_hash = $5, number = $6 WHERE id = $1::uuid`,
    [notice.id, content.openedAt, content.openedBy, content.requiredDays, contentHash, number],
  );
  return { village: notice.name, contentHash, number };
}
