import type { BodyOf, Operation } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/pairing/visits';
import { insertMany } from '@bangfu/data/insert-many';
import {
  type VisitIssue,
  type VisitIssueCode,
  type Visit as VisitFacts,
  visitIssues,
} from '@bangfu/domain/pairing/visit';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { visitMade } from '@bangfu/events/catalog/pairing';
import { canonicalHash } from '@bangfu/platform/audit/hash';
import { render } from '@bangfu/platform/http/messages';
import { notFound, Refusal } from '@bangfu/platform/http/refusal';
import type { CommandCall } from '@bangfu/platform/operation/operation';
import { keyedHash } from '@bangfu/platform/secrets/keyed-hash';
import { sql } from 'kysely';
import { VISIT_POSITION } from '../../../db/sealed.ts';
import { MESSAGES } from '../../../messages.ts';
import { command, type Tables } from '../../../operations.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { findOwnPairings, type OwnPairing } from '../own-pairing.ts';
import { keptVisits, shownVisit } from '../visit.repository.ts';

type NewVisit = BodyOf<typeof contract.makeVisit>;
type Making = Pick<CommandCall<Operation, Tables>, 'tx' | 'caller' | 'now' | 'kit'>;

/** Which field of the form each issue is about. */
const FIELDS: Readonly<Record<VisitIssueCode, string>> = {
  VISIT_IN_FUTURE: 'at',
  VISIT_TOO_OLD: 'at',
  VISIT_BEFORE_PAIRING: 'at',
  VISIT_POSITION_MISSING: 'position',
  VISIT_POSITION_INVALID: 'position',
  VISIT_NOBODY_MET: 'peopleMet',
  VISIT_NOTHING_SEEN: 'seen',
  VISIT_PHOTOS_MISSING: 'photos',
  VISIT_PHOTO_TWICE: 'photos',
  VISIT_NOT_ACKNOWLEDGED: 'acknowledgement',
};

/**
 * Records a visit. Its id comes from the phone: the same visit sent again answers the one that is there, so a lost
 * answer doubles nothing (A5); another visit under that id is refused.
 * @throws Refusal 404 when the caller did not help the household on that day, 409 VISIT_ID_TAKEN, 422
 * VISIT_INCOMPLETE with everything that is missing; DomainError PHOTO_UNKNOWN
 */
export const makeVisit = command(contract.makeVisit, async (call) => {
  const { tx, caller, now, kit, body, audit, emit } = call;
  const contentHash = keyedHash(kit.cipher, 'visit')(canonicalHash(body));
  const answer = async () => {
    const visit = await keptVisits(tx.sql).where('v.id', '=', body.id).executeTakeFirst();
    if (!visit) throw notFound();
    return shownVisit(visit, kit.cipher);
  };
  if (await isRepeated(call, body.id, contentHash)) {
    audit.nothing();
    return answer();
  }
  const at = new Date(body.at);
  const today = businessDayOf(now);
  const days = { day: businessDayOf(at), today };
  const under = (await findOwnPairings(tx.sql, caller, [body.householdId], days)).get(body.householdId);
  if (!under) throw notFound();
  const { id: policyId, content } = await policyOn(tx.sql, caller.countyCode, today);
  demandComplete(visitIssues(facts(body), { now, pairedFrom: under.from, policy: content.visits }), call.language);
  const photos = await tx.sql
    .selectFrom('photo as f')
    .where('f.account_id', '=', caller.id)
    .where('f.sha256', 'in', body.photos)
    .select(['f.sha256', 'f.media_type as mediaType'])
    .execute();
  demand(photos.length === body.photos.length, 'PHOTO_UNKNOWN');
  await keepVisit(call, { body, at, under, contentHash, policyId });
  await insertMany(
    tx.sql,
    'visit_photo',
    body.photos.map((sha256, position) => ({
      visit_id: body.id,
      position,
      sha256,
      county_code: under.countyCode,
      media_type: photos.find((photo) => photo.sha256 === sha256)?.mediaType ?? '',
    })),
  );
  const made = { householdId: body.householdId, at: body.at, photos: body.photos, needs: body.needs.length };
  audit.change('visit', body.id, null, made);
  emit(
    visitMade.of(under.countyCode, {
      visitId: body.id,
      householdId: body.householdId,
      helperId: under.cadreId,
      helperName: under.helperName,
      unitName: under.unitName,
      at: at.toISOString(),
      needs: body.needs.length,
      photos: body.photos.length,
    }),
  );
  return answer();
});

/** Whether this very visit is there already. @throws Refusal 409 when the id is another visit's */
async function isRepeated({ tx, caller }: Making, id: string, contentHash: string): Promise<boolean> {
  // The phone may send twice at once: the second waits here for the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))::text`.execute(tx.sql);
  const there = await tx.sql
    .selectFrom('visit as v')
    .where('v.id', '=', id)
    .select(['v.account_id', 'v.content_hash'])
    .executeTakeFirst();
  if (!there) return false;
  if (there.account_id !== caller.id || there.content_hash !== contentHash) throw new Refusal(409, 'VISIT_ID_TAKEN');
  return true;
}

function facts(body: NewVisit): VisitFacts {
  const { at, position, noPositionReason, acknowledgement, ...rest } = body;
  return {
    ...rest,
    at: new Date(at),
    ...(position ? { position } : {}),
    ...(noPositionReason === undefined ? {} : { noPositionReason }),
    ...(acknowledgement ? { acknowledgement } : {}),
  };
}

function demandComplete(issues: readonly VisitIssue[], language: 'zh' | 'en'): void {
  if (issues.length === 0) return;
  const errors = issues.map(({ code, params }) => ({
    path: FIELDS[code],
    message: render(MESSAGES, code, params, language),
  }));
  throw new Refusal(422, 'VISIT_INCOMPLETE', { errors });
}

async function keepVisit(
  { tx, caller, now, kit }: Making,
  {
    body,
    at,
    under,
    contentHash,
    policyId,
  }: { body: NewVisit; at: Date; under: OwnPairing; contentHash: string; policyId: string },
): Promise<void> {
  const { position, acknowledgement } = body;
  if (!acknowledgement) throw new Error('a visit that is complete is acknowledged');
  await tx.sql
    .insertInto('visit')
    .values({
      id: body.id,
      county_code: under.countyCode,
      household_id: body.householdId,
      cadre_id: under.cadreId,
      at,
      day: businessDayOf(at),
      people_met: body.peopleMet,
      seen: body.seen.trim(),
      needs: body.needs,
      position_sealed: position
        ? kit.cipher.seal(VISIT_POSITION, body.id, `${position.latitude},${position.longitude}`)
        : null,
      no_position_reason: position ? null : (body.noPositionReason?.trim() ?? null),
      acknowledged_how: acknowledgement.kind,
      acknowledged_by: acknowledgement.by.trim(),
      policy_id: policyId,
      content_hash: contentHash,
      account_id: caller.id,
      account_name: caller.name,
      received_at: now,
    })
    .execute();
}
