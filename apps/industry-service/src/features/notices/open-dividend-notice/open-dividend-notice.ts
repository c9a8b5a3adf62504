import { industryPolicy } from '../../../db/policy.ts';
import * as contract from '@bangfu/contracts/industry/dividend-notices';
import type { PolicyBasis } from '@bangfu/contracts/core/policy-basis';
import { openNotice } from '@bangfu/domain/industry/declaration-notice';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import { command, type Tables } from '../../../operations.ts';
import { findPosted, listHash, type ListContent, listSubject } from '../../../papers/dividend-list.ts';
import { issuePaper, paperNumber } from '../../../papers/paper.ts';
import type { DeclarationRow, NoticeRow } from '../../declarations/declaration.repository.ts';
import { takeStep } from '../../declarations/step.ts';
import { noticesOf } from '../notice.repository.ts';

/**
 * Posts the lists of villages of the caller's region. Each is kept line by line as it is posted, sealed by a hash and
 * gets a number to verify.
 * @throws Refusal 404; DomainError DECLARATION_STATUS, NOTICE_OPENED
 */
export const openDividendNotice = command(contract.openDividendNotice, (call) =>
  takeStep(call, { reach: 'sees' }, async (before, row) => {
    const policy = await industryPolicy(call.tx.sql, call.caller, call.now);
    let after = before;
    const posted: object[] = [];
    for (const notice of noticesOf(call.caller, row, call.body.noticeIds)) {
      after = openNotice(after, notice.code, policy, call.now);
      posted.push(
        await post(call, row, notice, {
          number: paperNumber('dividend-list', call.newId()),
          requiredDays: policy.noticeDays,
          basis: toBasis(policy.dividends),
        }),
      );
    }
    return { after, change: { posted } };
  }),
);

const toBasis = ({ id, document, paragraph }: PolicyBasis): PolicyBasis => ({ id, document, paragraph });

/** Keeps the list of a village as it is now, seals it and issues it. */
async function post(
  { tx, caller, now }: Pick<CommandCall<typeof contract.openDividendNotice, Tables>, 'tx' | 'caller' | 'now'>,
  row: DeclarationRow,
  notice: NoticeRow,
  { number, requiredDays, basis }: Pick<ListContent, 'number' | 'requiredDays' | 'basis'>,
) {
  await tx.sql
    .insertInto('posted_line')
    .columns([
      'notice_id',
      'line_number',
      'county_code',
      'head_name',
      'village_code',
      'village_name',
      'base_fen',
      'second_fen',
      'amount_fen',
    ])
    .expression((eb) =>
      eb
        .selectFrom('dividend_line')
        .where('declaration_id', '=', row.id)
        .where('village_code', '=', notice.code)
        .where('replaces', 'is', null)
        .select((line) => line.cast<string>(line.val(notice.id), 'uuid').as('notice_id'))
        .select(['line_number', 'county_code', 'head_name', 'village_code', 'village_name'])
        .select(['base_fen', 'second_fen', 'amount_fen']),
    )
    .execute();
  const content: ListContent = {
    format: 3,
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
    requiredDays,
    basis,
  };
  const contentHash = await listHash(content, await findPosted(tx.sql, notice.id));
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
  await issuePaper(tx, paper, number, caller, now);
  await tx.sql
    .updateTable('declaration_notice')
    .set({
      opened_at: content.openedAt,
      opened_by: content.openedBy,
      required_days: content.requiredDays,
      policy_id: content.basis.id,
      content_hash: contentHash,
      number,
    })
    .where('id', '=', notice.id)
    .execute();
  return { village: notice.name, contentHash, number };
}
