import { randomInt } from 'node:crypto';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/industry/dividend-notices';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { raiseObjection } from '@bangfu/domain/industry/declaration-notice';
import {
  objectionIdentity,
  objectionWording,
  requireReadableObjection,
  requireRoomForObjection,
  type Unanswered,
} from '@bangfu/domain/shared/objection';
import { newReceipt } from '@bangfu/domain/shared/receipt';
import { rangeOf } from '@bangfu/platform/http/address-range';
import { notFound } from '@bangfu/platform/http/refusal';
import { command, type Tables } from '../../../operations.ts';
import { declarations, lockDeclaration, toDomain } from '../../declarations/declaration.repository.ts';

type Answer = AnswerOf<typeof contract.raiseDividendObjection>;

/**
 * Anyone objects to an open notice and gets a receipt number; the clock stops until the answer. The same words from the
 * same address are one objection: they get the receipt of the first time, and nothing is written. The same words from
 * elsewhere, while they wait for an answer, are answered with it.
 * @throws DomainError OBJECTION_UNREADABLE, OBJECTIONS_TOO_MANY; Refusal 404 when no such notice is open
 */
export const raiseDividendObjection = command(contract.raiseDividendObjection, async (call): Promise<Answer> => {
  const { tx, caller, now, audit, kit } = call;
  const { noticeId } = call.params;
  const { text } = call.body;
  requireReadableObjection(text);
  const place = await tx.sql
    .selectFrom('declaration_notice')
    .where('id', '=', noticeId)
    .select(['county_code as countyCode', 'declaration_id as declarationId'])
    .executeTakeFirst();
  if (!place) throw notFound();
  const { countyCode, declarationId } = place;
  // The public belongs to no county; what it does is kept with the county of the notice.
  audit.inCounty(countyCode);
  await lockDeclaration(tx, declarationId);
  const row = await declarations(tx.sql)
    .where('d.id', '=', declarationId)
    .where('d.status', '=', 'on-notice')
    .executeTakeFirst();
  const notice = row?.notices.find(({ id: each, openedAt, closedAt }) => each === noticeId && openedAt && !closedAt);
  if (!row || !notice) throw notFound();
  const { address } = caller;
  const { index } = kit.cipher;
  const keys = {
    identity: index('objection', objectionIdentity([noticeId], text, { address })),
    wording: index('objection', objectionWording([noticeId], text)),
    origin: index('network', rangeOf(address)),
  };
  const earlier = await findEarlier(tx.sql, noticeId, keys.identity);
  if (earlier) {
    audit.nothing();
    return { ...earlier, repeated: true };
  }
  const waiting = await findWaiting(tx.sql, noticeId, keys);
  requireRoomForObjection(waiting);
  const id = call.newId();
  const receipt = newReceipt(randomInt);
  const answer = { receipt, filedAt: now.toISOString(), repeated: false };
  if (waiting.sameId) {
    await tx.sql
      .insertInto('declaration_objection_supporter')
      .values({
        id,
        objection_id: waiting.sameId,
        county_code: countyCode,
        receipt,
        identity: keys.identity,
        origin: keys.origin,
        raised_at: now,
      })
      .execute();
    audit.change('declaration', declarationId, null, { supported: waiting.sameId, village: notice.name });
    return answer;
  }
  raiseObjection(toDomain(row), notice.code, id, now);
  await tx.sql
    .insertInto('declaration_objection')
    .values({
      id,
      declaration_id: declarationId,
      county_code: countyCode,
      revision: row.revision,
      receipt,
      text,
      raised_at: now,
      ...keys,
      notice_id: noticeId,
    })
    .execute();
  await tx.sql
    .updateTable('declaration')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', declarationId)
    .execute();
  audit.change('declaration', declarationId, null, { objection: id, village: notice.name });
  return answer;
});

/** What the same person said at a notice before, as an objection or in support of one. */
const findEarlier = (read: ReadSql<Tables>, noticeId: string, identity: Buffer) =>
  read
    .selectFrom('declaration_objection as o')
    .where('o.notice_id', '=', noticeId)
    .where('o.identity', '=', identity)
    .select((eb) => ['o.receipt', instantOf(eb.ref('o.raised_at')).as('filedAt')])
    .unionAll(
      read
        .selectFrom('declaration_objection_supporter as s')
        .innerJoin('declaration_objection as o', 'o.id', 's.objection_id')
        .where('o.notice_id', '=', noticeId)
        .where('s.identity', '=', identity)
        .select((eb) => ['s.receipt', instantOf(eb.ref('s.raised_at')).as('filedAt')]),
    )
    .executeTakeFirst();

/** What waits for an answer at a notice: how much, and the objection that says the same, if there is one. */
async function findWaiting(
  read: ReadSql<Tables>,
  noticeId: string,
  { wording, origin }: { readonly wording: Buffer; readonly origin: Buffer },
): Promise<Unanswered & { readonly sameId: string | null }> {
  const open = read
    .selectFrom('declaration_objection as o')
    .where('o.notice_id', '=', noticeId)
    .where('o.answered_at', 'is', null);
  const same = await open.where('o.wording', '=', wording).select('o.id').executeTakeFirst();
  const counts = await read
    .selectFrom(
      open
        .select('o.origin')
        .unionAll(open.innerJoin('declaration_objection_supporter as s', 's.objection_id', 'o.id').select('s.origin'))
        .as('every'),
    )
    .select(({ fn }) => [
      fn.countAll<number>().as('ofNotice'),
      fn.countAll<number>().filterWhere('every.origin', '=', origin).as('fromNetwork'),
    ])
    .executeTakeFirstOrThrow();
  return { ...counts, sameId: same?.id ?? null };
}
