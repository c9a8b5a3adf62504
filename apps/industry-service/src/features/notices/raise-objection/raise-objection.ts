import { randomInt } from 'node:crypto';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { raiseDividendObjection as operation } from '@bangfu/contracts/industry/dividend-notices';
import { raiseObjection } from '@bangfu/domain/industry/declaration-notice';
import { objectionIdentity, requireReadableObjection } from '@bangfu/domain/shared/objection';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import { type Actor, runCommand } from '@bangfu/service-kit/db/command';
import { instant } from '@bangfu/service-kit/db/instant';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Industry } from '../../../db/client.ts';
import {
  DECLARATION_COLUMNS,
  type DeclarationRow,
  FROM_DECLARATION,
  lockDeclaration,
  toDomain,
} from '../../declarations/declaration.repository.ts';

type Answer = AnswerOf<typeof operation>;

/**
 * Anyone objects to an open notice and gets a receipt number; the clock stops until the answer. The same words from the
 * same address are one objection: they get the receipt of the first time, and nothing is written.
 * @throws DomainError OBJECTION_UNREADABLE; Refusal 404 when no such notice is open
 */
export async function raiseDividendObjection(
  service: Industry,
  anyone: Actor,
  noticeId: string,
  text: string,
): Promise<Answer> {
  requireReadableObjection(text);
  const id = service.newId(anyone.now);
  const { rows } = await service.pool.query<{ county: string; declarationId: string }>(
    `SELECT county_code AS county, declaration_id::text AS "declarationId" FROM declaration_notice WHERE id = $1::uuid`,
    [noticeId],
  );
  const [place] = rows;
  if (!place) throw notFound();
  const { county, declarationId } = place;
  // The public belongs to no county; what it does is kept with the county of the notice.
  const actor: Actor = { ...anyone, caller: { ...anyone.caller, countyCode: county } };
  return runCommand(service.bulk, service.newId, operation, actor, { noticeId, text }, async (_tx, sql) => {
    await lockDeclaration(sql, declarationId);
    const [row] = await sql.query<DeclarationRow>(
      `SELECT ${DECLARATION_COLUMNS} ${FROM_DECLARATION} WHERE d.id = $1::uuid AND d.status = 'on-notice'`,
      [declarationId],
    );
    const notice = row?.notices.find(({ id: each, openedAt, closedAt }) => each === noticeId && openedAt && !closedAt);
    if (!row || !notice) throw notFound();
    const { address } = anyone.caller;
    const identity = service.cipher.index('objection', objectionIdentity([noticeId], text, { address }));
    const [earlier] = await sql.query<{ receipt: string; filedAt: string }>(
      `SELECT receipt, ${instant('raised_at')} AS "filedAt" FROM declaration_objection
       WHERE notice_id = $1::uuid AND identity = $2`,
      [noticeId, identity],
    );
    if (earlier) {
      const answer: Answer = { ...earlier, repeated: true };
      return { answer, audit: [] };
    }
    raiseObjection(toDomain(row), notice.code, id, actor.now);
    const receipt = newReceipt(randomInt);
    const filedAt = actor.now.toISOString();
    await sql.query(
      `INSERT INTO declaration_objection (id, declaration_id, county_code, revision, receipt, text, raised_at,
         identity, notice_id)
       VALUES ($1::uuid, $2::uuid, $3, $4::int, $5, $6, $7::text::timestamptz, $8, $9::uuid)`,
      [id, declarationId, row.countyCode, row.revision, receipt, text, filedAt, identity, noticeId],
    );
    await sql.query('UPDATE declaration SET version = version + 1 WHERE id = $1::uuid', [declarationId]);
    const answer: Answer = { receipt, filedAt, repeated: false };
    return {
      answer,
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'declaration',
          recordId: declarationId,
          change: { after: { objection: id, village: notice.name } },
        },
      ],
    };
  });
}
