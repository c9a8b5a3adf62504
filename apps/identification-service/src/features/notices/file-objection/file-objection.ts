import { randomInt } from 'node:crypto';
import { fileObjection as operation } from '@bangfu/contracts/identification/notices';
import type { AnswerOf, BodyOf } from '@bangfu/contracts/core/operation';
import { handle } from '@bangfu/domain/identification/case/decide';
import { demand } from '@bangfu/domain/shared/errors';
import { objectionIdentity, requireReadableObjection } from '@bangfu/domain/shared/objection';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import type { Actor } from '@bangfu/service-kit/db/command';
import { instant } from '@bangfu/service-kit/db/instant';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { type ChangedCase, lockCases } from '../../cases/case.repository.ts';
import { casePolicy } from '../../cases/case-policy.ts';
import { runOnCases, writeChanged } from '../../cases/change-cases.ts';

type Answer = AnswerOf<typeof operation>;

/**
 * Files an objection of the public against one entry; the case's clock stops. Name and telephone are sealed. The same
 * person saying the same again gets the receipt of the first time, and nothing is written.
 * @throws DomainError NOTICE_NOT_OPEN when the entry hangs no more, OBJECTION_UNREADABLE; Refusal 404
 */
export async function fileObjection(
  service: Identification,
  visitor: Actor,
  noticeId: string,
  body: BodyOf<typeof operation>,
): Promise<Answer> {
  requireReadableObjection(body.content);
  const seal = (text: string | undefined) => (text ? Buffer.from(service.cipher.seal(text)) : null);
  const by = { name: body.name, phone: body.phone, address: visitor.caller.address };
  const identity = service.cipher.index('objection', objectionIdentity([noticeId, body.position], body.content, by));
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
      `SELECT receipt, ${instant('filed_at')} AS "filedAt" FROM objection WHERE notice_id = $1::uuid AND identity = $2`,
      [noticeId, identity],
    );
    if (earlier) {
      const answer: Answer = { ...earlier, repeated: true };
      return { answer, changed: [] };
    }
    const objectionId = service.newId(actor.now);
    const signer = { accountId: actor.caller.id, role: 'public' as const };
    const { state, events } = handle(
      file.state,
      { type: 'fileObjection', objectionId, by: signer },
      actor.now,
      casePolicy(actor.now),
    );
    const receipt = newReceipt(randomInt);
    const filedAt = actor.now.toISOString();
    await client.query(
      `INSERT INTO objection (id, county_code, notice_id, case_id, receipt, content, name_sealed, phone_sealed, filed_at,
         identity)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        objectionId,
        file.countyCode,
        noticeId,
        file.id,
        receipt,
        body.content,
        seal(body.name),
        seal(body.phone),
        filedAt,
        identity,
      ],
    );
    const changed: ChangedCase[] = [{ file, state, events, details: {}, noticeId }];
    await writeChanged(sql, actor, changed);
    const answer: Answer = { receipt, filedAt, repeated: false };
    return { answer, changed, extra: { noticeId, objectionId } };
  });
}
