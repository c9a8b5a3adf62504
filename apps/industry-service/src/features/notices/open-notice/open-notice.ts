import { type Declaration } from '@bangfu/contracts/industry/declarations';
import { openDividendNotice as operation } from '@bangfu/contracts/industry/dividend-notices';
import { openNotice } from '@bangfu/domain/industry/declaration';
import type { Actor } from '@bangfu/service-kit/db/command';
import type { Industry } from '../../../db/client.ts';
import { issuePaper, paperNumber } from '../../../papers/paper.ts';
import { noticeHash } from '../../../papers/seal.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { POLICY } from '../../contracts/policy.ts';
import { takeStep } from '../../declarations/step.ts';

/** Opens the village notice of a checked declaration; its content is sealed by a hash and gets a number to verify. */
export function openDividendNotice(
  service: Industry,
  actor: Actor & Reader,
  declarationId: string,
  version: number,
): Promise<Declaration> {
  return takeStep(service, operation, actor, { declarationId, version, reach: 'sees' }, async (sql, before, row) => {
    const after = openNotice(before, POLICY, actor.now);
    const sealed = { declarationId: row.id, entity: row.entityName, year: row.year, openedAt: actor.now };
    const hash = await noticeHash(sql, sealed);
    const number = paperNumber('dividend-list', service.newId(actor.now));
    const paper = {
      kind: 'dividend-list',
      subjectId: row.id,
      villageCode: row.seatCode,
      countyCode: row.countyCode,
      subject: `${row.entityName} ${row.year} 年度分红清单`,
      content: { revision: row.revision, entity: row.entityName },
      contentHash: hash,
      lines: row.lines,
      totalFen: row.totalFen,
    } as const;
    await issuePaper(sql, paper, number, actor.caller, actor.now);
    return { after, facts: { noticeHash: hash, noticeNumber: number }, change: { contentHash: hash, number } };
  });
}
