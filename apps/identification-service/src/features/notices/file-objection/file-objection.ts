import { randomInt } from 'node:crypto';
import { fileObjection as operation } from '@bangfu/contracts/identification/notices';
import type { AnswerOf, BodyOf } from '@bangfu/contracts/core/operation';
import { handle } from '@bangfu/domain/identification/case/decide';
import { demand } from '@bangfu/domain/shared/errors';
import {
  objectionIdentity,
  objectionWording,
  requireReadableObjection,
  requireRoomForObjection,
  type Unanswered,
} from '@bangfu/domain/shared/objection';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import type { Sql } from '@bangfu/data/sql';
import type { Actor } from '@bangfu/platform/db/command';
import { instant } from '@bangfu/data/instant';
import { rangeOf } from '@bangfu/platform/http/address-range';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { type ChangedCase, lockCases } from '../../cases/case.repository.ts';
import { casePolicy } from '../../cases/case-policy.ts';
import { runOnCases, writeChanged } from '../../cases/change-cases.ts';
import type { SealedColumn } from '@bangfu/platform/secrets/cipher';
import { OBJECTION_NAME, OBJECTION_PHONE } from '../../../db/sealed.ts';

type Answer = AnswerOf<typeof operation>;

/**
 * Files an objection of the public against one entry; the case's clock stops. Name and telephone are sealed. The same
 * person saying the same again gets the receipt of the first time, and nothing is written. Without a name, the same
 * words that wait for an answer already are answered with it.
 * @throws DomainError NOTICE_NOT_OPEN when the entry hangs no more, OBJECTION_UNREADABLE, OBJECTIONS_TOO_MANY; Refusal 404
 */
export async function fileObjection(
  service: Identification,
  visitor: Actor,
  noticeId: string,
  body: BodyOf<typeof operation>,
): Promise<Answer> {
  requireReadableObjection(body.content);
  const by = { name: body.name, phone: body.phone, address: visitor.caller.address };
  const place = [noticeId, body.position];
  const { index } = service.cipher;
  const keys = {
    identity: index('objection', objectionIdentity(place, body.content, by)),
    wording: body.name || body.phone ? null : index('objection', objectionWording(place, body.content)),
    origin: index('network', rangeOf(by.address)),
  };
  const { rows } = await service.pool.query<{ county_code: string }>('SELECT county_code FROM notice WHERE id = $1', [
    noticeId,
  ]);
  if (!rows[0]) throw notFound();
  // The public has no county of its own; the audit row stands in the notice's.
  const actor: Actor = { ...visitor, caller: { ...visitor.caller, countyCode: rows[0].county_code } };
  return runOnCases(service, operation, actor, { noticeId, ...body }, async (client, sql) => {
    const [entry] = await sql.query<{ caseId: string }>(
      'SELECT case_id AS "caseId" FROM notice_case WHERE notice_id = $1::uuid AND position = $2::int',
      [noticeId, body.position],
    );
    if (!entry) throw notFound();
    const [file] = await lockCases(sql, 'public', [entry]);
    if (!file) throw notFound();
    demand(file.noticeId === noticeId, 'NOTICE_NOT_OPEN');
    const [earlier] = await sql.query<{ receipt: string; filedAt: string }>(
      `SELECT receipt, ${instant('filed_at')} AS "filedAt" FROM objection WHERE notice_id = $1::uuid AND identity = $2
       UNION ALL SELECT s.receipt, ${instant('s.filed_at')} FROM objection_supporter s
         JOIN objection o ON o.id = s.objection_id WHERE o.notice_id = $1::uuid AND s.identity = $2`,
      [noticeId, keys.identity],
    );
    if (earlier) {
      const answer: Answer = { ...earlier, repeated: true };
      return { answer, changed: [] };
    }
    const waiting = await findWaiting(sql, noticeId, keys);
    requireRoomForObjection(waiting);
    const objectionId = service.newId(actor.now);
    const receipt = newReceipt(randomInt);
    const filedAt = actor.now.toISOString();
    const answer: Answer = { receipt, filedAt, repeated: false };
    if (waiting.sameId) {
      await client.query(
        `INSERT INTO objection_supporter (id, objection_id, county_code, receipt, identity, origin, filed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [objectionId, waiting.sameId, file.countyCode, receipt, keys.identity, keys.origin, filedAt],
      );
      return { answer, changed: [], unchanged: [{ file, change: { noticeId, supported: waiting.sameId } }] };
    }
    const seal = (column: SealedColumn, text: string | undefined) =>
      text ? service.cipher.seal(column, objectionId, text) : null;
    const signer = { accountId: actor.caller.id, role: 'public' as const };
    const { state, events } = handle(
      file.state,
      { type: 'fileObjection', objectionId, by: signer },
      actor.now,
      casePolicy(actor.now),
    );
    await client.query(
      `INSERT INTO objection (id, county_code, notice_id, case_id, receipt, content, name_sealed, phone_sealed, filed_at,
         identity, wording, origin)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        objectionId,
        file.countyCode,
        noticeId,
        file.id,
        receipt,
        body.content,
        seal(OBJECTION_NAME, body.name),
        seal(OBJECTION_PHONE, body.phone),
        filedAt,
        keys.identity,
        keys.wording,
        keys.origin,
      ],
    );
    const changed: ChangedCase[] = [{ file, state, events, details: {}, noticeId }];
    await writeChanged(sql, actor, changed);
    return { answer, changed, extra: { noticeId, objectionId } };
  });
}

/** What waits for an answer at a notice: how much, and the objection that says the same, if there is one. */
async function findWaiting(
  sql: Sql,
  noticeId: string,
  { wording, origin }: { readonly wording: Buffer | null; readonly origin: Buffer },
): Promise<Unanswered & { readonly sameId: string | null }> {
  const [waiting] = await sql.query<Unanswered & { readonly sameId: string | null }>(
    `WITH open AS (SELECT o.id, o.wording, o.origin FROM objection o
         WHERE o.notice_id = $1::uuid AND NOT EXISTS (SELECT 1 FROM objection_answer a WHERE a.objection_id = o.id)),
       every AS (SELECT origin FROM open UNION ALL
         SELECT s.origin FROM objection_supporter s JOIN open ON open.id = s.objection_id)
     SELECT count(*)::float8 AS "ofNotice", count(*) FILTER (WHERE origin = $3)::float8 AS "fromNetwork",
       (SELECT id::text FROM open WHERE wording = $2 LIMIT 1) AS "sameId" FROM every`,
    [noticeId, wording, origin],
  );
  return waiting ?? { ofNotice: 0, fromNetwork: 0, sameId: null };
}
