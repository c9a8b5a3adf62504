import { type Declaration, openDividendNotice } from '@bangfu/contracts/industry/declarations';
import { openNotice } from '@bangfu/domain/industry/declaration';
import type { Sql } from '@bangfu/events/sql';
import { canonicalHash } from '@bangfu/service-kit/audit/hash';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import { issuePaper, paperNumber } from '../../../papers/paper.ts';
import type { Reader } from '../../contracts/list-contracts/list-contracts.query.ts';
import { POLICY } from '../../contracts/policy.ts';
import type { DeclarationRow } from '../../declarations/declaration.repository.ts';
import { takeStep } from '../../declarations/step.ts';

/** The hash of what a dividend notice says: names, villages and amounts by line number (architecture, decision 7). */
export async function noticeHash(
  sql: Sql,
  row: Pick<DeclarationRow, 'id' | 'entityName' | 'year'>,
  openedAt: Date,
): Promise<string> {
  const lines = await sql.query<{ line: number; name: string; village: string; amountFen: number }>(
    `SELECT line_number AS line, head_name AS name, village_name AS village, amount_fen::float8 AS "amountFen"
     FROM dividend_line WHERE declaration_id = $1::uuid AND counts ORDER BY line_number`,
    [row.id],
  );
  const content = {
    format: 'bangfu-dividend-notice/1',
    entity: row.entityName,
    year: row.year,
    openedAt: openedAt.toISOString(),
    lines,
  };
  return canonicalHash(content).toString('hex');
}

/** Opens the village notice of a checked declaration; its content is sealed by a hash and gets a number to verify. */
export function postNotice(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  return takeStep(
    service,
    openDividendNotice,
    actor,
    { declarationId, version, reach: 'sees' },
    async (sql, before, row) => {
      const after = openNotice(before, POLICY, actor.now);
      const hash = await noticeHash(sql, row, actor.now);
      const number = paperNumber('dividend-list', service.newId(actor.now));
      const paper = {
        kind: 'dividend-list',
        subjectId: row.id,
        villageCode: row.seatCode,
        countyCode: row.countyCode,
        subject: `${row.entityName} ${row.year} 年度分红清单`,
        content: { revision: row.revision },
        contentHash: hash,
        lines: row.lines,
        totalFen: row.totalFen,
      } as const;
      await issuePaper(sql, paper, number, actor.caller, actor.now);
      return { after, facts: { noticeHash: hash, noticeNumber: number }, change: { contentHash: hash, number } };
    },
  );
}
