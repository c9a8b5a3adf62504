import { randomInt } from 'node:crypto';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { raiseDividendObjection as operation } from '@bangfu/contracts/industry/dividend-notices';
import { raiseObjection } from '@bangfu/domain/industry/declaration-notice';
import {
  objectionIdentity,
  objectionWording,
  requireReadableObjection,
  requireRoomForObjection,
  type Unanswered,
} from '@bangfu/domain/shared/objection';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { instant } from '@bangfu/data/instant';
import { rangeOf } from '@bangfu/platform/http/address-range';
import { notFound } from '@bangfu/platform/http/refusal';
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
 * same address are one objection: they get the receipt of the first time, and nothing is written. The same words from
 * elsewhere, while they wait for an answer, are answered with it.
 * @throws DomainError OBJECTION_UNREADABLE, OBJECTIONS_TOO_MANY; Refusal 404 when no such notice is open
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
    const { index } = service.cipher;
    const keys = {
      identity: index('objection', objectionIdentity([noticeId], text, { address })),
      wording: index('objection', objectionWording([noticeId], text)),
      origin: index('network', rangeOf(address)),
    };
    const [earlier] = await sql.query<{ receipt: string; filedAt: string }>(
      `SELECT receipt, ${instant('raised_at')} AS "filedAt" FROM declaration_objection
       WHERE notice_id = $1::uuid AND identity = $2
       UNION ALL SELECT s.receipt, ${instant('s.raised_at')} FROM declaration_objection_supporter s
         JOIN declaration_objection o ON o.id = s.objection_id WHERE o.notice_id = $1::uuid AND s.identity = $2`,
      [noticeId, keys.identity],
    );
    if (earlier) {
      const answer: Answer = { ...earlier, repeated: true };
      return { answer, audit: [] };
    }
    const waiting = await findWaiting(sql, noticeId, keys);
    requireRoomForObjection(waiting);
    const receipt = newReceipt(randomInt);
    const filedAt = actor.now.toISOString();
    const answer: Answer = { receipt, filedAt, repeated: false };
    const audit = (change: object) => [
      { action: operation.audit ?? '', recordType: 'declaration', recordId: declarationId, change: { after: change } },
    ];
    if (waiting.sameId) {
      await sql.query(
        `INSERT INTO declaration_objection_supporter (id, objection_id, county_code, receipt, identity, origin, raised_at)
         VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6, $7::text::timestamptz)`,
        [id, waiting.sameId, row.countyCode, receipt, keys.identity, keys.origin, filedAt],
      );
      return { answer, audit: audit({ supported: waiting.sameId, village: notice.name }) };
    }
    raiseObjection(toDomain(row), notice.code, id, actor.now);
    await sql.query(
      `INSERT INTO declaration_objection (id, declaration_id, county_code, revision, receipt, text, raised_at,
         identity, wording, origin, notice_id)
       VALUES ($1::uuid, $2::uuid, $3, $4::int, $5, $6, $7::text::timestamptz, $8, $9, $10, $11::uuid)`,
      [
        id,
        declarationId,
        row.countyCode,
        row.revision,
        receipt,
        text,
        filedAt,
        keys.identity,
        keys.wording,
        keys.origin,
        noticeId,
      ],
    );
    await sql.query('UPDATE declaration SET version = version + 1 WHERE id = $1::uuid', [declarationId]);
    return { answer, audit: audit({ objection: id, village: notice.name }) };
  });
}

/** What waits for an answer at a notice: how much, and the objection that says the same, if there is one. */
async function findWaiting(
  sql: Sql,
  noticeId: string,
  { wording, origin }: { readonly wording: Buffer; readonly origin: Buffer },
): Promise<Unanswered & { readonly sameId: string | null }> {
  const [waiting] = await sql.query<Unanswered & { readonly sameId: string | null }>(
    `WITH open AS (SELECT id, wording, origin FROM declaration_objection
         WHERE notice_id = $1::uuid AND answered_at IS NULL),
       every AS (SELECT origin FROM open UNION ALL
         SELECT s.origin FROM declaration_objection_supporter s JOIN open ON open.id = s.objection_id)
     SELECT count(*)::float8 AS "ofNotice", count(*) FILTER (WHERE origin = $3)::float8 AS "fromNetwork",
       (SELECT id::text FROM open WHERE wording = $2 LIMIT 1) AS "sameId" FROM every`,
    [noticeId, wording, origin],
  );
  return waiting ?? { ofNotice: 0, fromNetwork: 0, sameId: null };
}
