import { businessDayOf } from '@bangfu/domain/shared/time';
import { randomInt } from 'node:crypto';
import type { BodyOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/identification/notices';
import { instantOf } from '@bangfu/data/instant';
import type { ReadSql, Transaction } from '@bangfu/data/typed-sql';
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
import { rangeOf } from '@bangfu/platform/http/address-range';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Cipher, SealedColumn } from '@bangfu/platform/secrets/cipher';
import { OBJECTION_NAME, OBJECTION_PHONE } from '../../../db/sealed.ts';
import { command, type Tables } from '../../../operations.ts';
import { type CaseFile, type ChangedCase, lockCases } from '../../cases/case.repository.ts';
import { casePolicies } from '../../cases/case-policy.ts';
import { speaking } from '../../cases/case-words.ts';
import { auditCases, writeChanged } from '../../cases/change-cases.ts';

/**
 * Files an objection of the public against one entry; the case's clock stops. Name and telephone are sealed. The same
 * person saying the same again gets the receipt of the first time, and nothing is written. Without a name, the same
 * words that wait for an answer already are answered with it.
 * @throws DomainError NOTICE_NOT_OPEN when the entry hangs no more, OBJECTION_UNREADABLE, OBJECTIONS_TOO_MANY; Refusal 404
 */
export const fileObjection = command(contract.fileObjection, (call) =>
  speaking(call.language, async () => {
    const { tx, caller, now, params, body, kit, audit } = call;
    const { noticeId } = params;
    requireReadableObjection(body.content);
    const keys = keysOf(kit.cipher, noticeId, body, caller.address);
    const file = await lockEntry(tx, noticeId, body.position);
    // The public has no county of its own; the audit row stands in the notice's.
    audit.inCounty(file.countyCode);
    demand(file.noticeId === noticeId, 'NOTICE_NOT_OPEN');
    const earlier = await findEarlier(tx.sql, noticeId, keys.identity);
    if (earlier) {
      audit.nothing();
      return { ...earlier, repeated: true };
    }
    const waiting = await findWaiting(tx, noticeId, keys);
    requireRoomForObjection(waiting);
    const objectionId = call.newId();
    const receipt = newReceipt(randomInt);
    const filed = { id: objectionId, county_code: file.countyCode, receipt, filed_at: now };
    const answer = { receipt, filedAt: now.toISOString(), repeated: false };
    const { identity, wording, origin } = keys;
    if (waiting.sameId) {
      await tx.sql
        .insertInto('objection_supporter')
        .values({ ...filed, objection_id: waiting.sameId, identity, origin })
        .execute();
      const after = { household: file.householdNumber, noticeId, supported: waiting.sameId };
      audit.change('case', file.id, null, after);
      return answer;
    }
    const seal = (column: SealedColumn, text: string | undefined) =>
      text ? kit.cipher.seal(column, objectionId, text) : null;
    const by = { accountId: caller.id, role: 'public' as const };
    const policy = (await casePolicies(tx.sql, file.countyCode))(businessDayOf(now));
    const { state, events } = handle(file.state, { type: 'fileObjection', objectionId, by }, now, policy);
    await tx.sql
      .insertInto('objection')
      .values({
        ...filed,
        notice_id: noticeId,
        case_id: file.id,
        content: body.content,
        name_sealed: seal(OBJECTION_NAME, body.name),
        phone_sealed: seal(OBJECTION_PHONE, body.phone),
        identity,
        wording,
        origin,
      })
      .execute();
    const changed: ChangedCase[] = [{ file, state, events, details: {}, noticeId, policyId: null }];
    await writeChanged(call, changed);
    auditCases(call, changed, { noticeId, objectionId });
    return answer;
  }),
);

/** The keyed digests by which an objection and who files it are known again. */
function keysOf(
  { index }: Cipher,
  noticeId: string,
  { position, content, name, phone }: BodyOf<typeof contract.fileObjection>,
  address: string,
) {
  const place = [noticeId, position];
  return {
    identity: index('objection', objectionIdentity(place, content, { name, phone, address })),
    wording: name || phone ? null : index('objection', objectionWording(place, content)),
    origin: index('network', rangeOf(address)),
  };
}

/** The case of one entry of a notice, locked. @throws Refusal 404 */
async function lockEntry(tx: Transaction<Tables>, noticeId: string, position: number): Promise<CaseFile> {
  const entry = await tx.sql
    .selectFrom('notice_case')
    .where('notice_id', '=', noticeId)
    .where('position', '=', position)
    .select('case_id as caseId')
    .executeTakeFirst();
  const [file] = entry ? await lockCases(tx, 'public', [entry]) : [];
  if (!file) throw notFound();
  return file;
}

/** The receipt that the same person has for saying the same before. */
function findEarlier(read: ReadSql<Tables>, noticeId: string, identity: Buffer) {
  const supported = read
    .selectFrom('objection_supporter as s')
    .innerJoin('objection as o', 'o.id', 's.objection_id')
    .where('o.notice_id', '=', noticeId)
    .where('s.identity', '=', identity)
    .select((eb) => ['s.receipt', instantOf(eb.ref('s.filed_at')).as('filedAt')]);
  return read
    .selectFrom('objection as o')
    .where('o.notice_id', '=', noticeId)
    .where('o.identity', '=', identity)
    .select((eb) => ['o.receipt', instantOf(eb.ref('o.filed_at')).as('filedAt')])
    .unionAll(supported)
    .executeTakeFirst();
}

/** What waits for an answer at a notice: how much, and the objection that says the same, if there is one. */
function findWaiting(
  { sql: read }: Transaction<Tables>,
  noticeId: string,
  { wording, origin }: { readonly wording: Buffer | null; readonly origin: Buffer },
): Promise<Unanswered & { readonly sameId: string | null }> {
  return read
    .with('open', (from) =>
      from
        .selectFrom('objection as o')
        .leftJoin('objection_answer as a', 'a.objection_id', 'o.id')
        .where('o.notice_id', '=', noticeId)
        .where('a.objection_id', 'is', null)
        .select(['o.id', 'o.wording', 'o.origin']),
    )
    .with('every', (from) =>
      from
        .selectFrom('open')
        .select('open.origin')
        .unionAll(
          from.selectFrom('objection_supporter as s').innerJoin('open', 'open.id', 's.objection_id').select('s.origin'),
        ),
    )
    .selectFrom('every')
    .select(({ fn, selectFrom }) => [
      fn.countAll<number>().as('ofNotice'),
      fn.countAll<number>().filterWhere('every.origin', '=', origin).as('fromNetwork'),
      selectFrom('open').where('open.wording', '=', wording).limit(1).select('open.id').as('sameId'),
    ])
    .executeTakeFirstOrThrow();
}
