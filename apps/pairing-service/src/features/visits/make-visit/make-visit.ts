import { makeVisit as operation, type NewVisit, type Visit } from '@bangfu/contracts/pairing/visits';
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
import type { Caller } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { render } from '@bangfu/platform/http/messages';
import { notFound, Refusal } from '@bangfu/platform/http/refusal';
import type { Pairing, Tx } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import { policyOn } from '../../policy/policy.repository.ts';
import { findOwnPairings, type OwnPairing } from '../own-pairing.ts';
import { findVisits } from '../visit.repository.ts';
import { keyedHash } from '@bangfu/platform/secrets/keyed-hash';
import { VISIT_POSITION } from '../../../db/sealed.ts';

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
export function makeVisit(service: Pairing, actor: Actor, body: NewVisit, language: 'zh' | 'en'): Promise<Visit> {
  const { caller, now } = actor;
  const contentHash = keyedHash(service.cipher, 'visit')(canonicalHash(body));
  return runCommand(service.transaction, service.newId, operation, actor, body, async (tx, sql) => {
    const there = await repeated(tx, body.id, caller, contentHash);
    const answer = async () => {
      const [visit] = await findVisits(sql, service.cipher, 'WHERE v.id = $1::uuid', [body.id]);
      if (!visit) throw notFound();
      return visit;
    };
    if (there) return { answer: await answer(), audit: [] };
    const at = new Date(body.at);
    const today = businessDayOf(now);
    const days = { day: businessDayOf(at), today };
    const under = (await findOwnPairings(sql, caller, [body.householdId], days)).get(body.householdId);
    if (!under) throw notFound();
    const { content } = await policyOn(sql, caller.countyCode, today);
    demandComplete(visitIssues(facts(body), { now, pairedFrom: under.from, policy: content.visits }), language);
    const photos = await tx.photo.findMany({ where: { accountId: caller.id, sha256: { in: body.photos } } });
    demand(photos.length === body.photos.length, 'PHOTO_UNKNOWN');
    await keepVisit(service, tx, actor, { body, at, under, contentHash });
    await tx.visitPhoto.createMany({
      data: body.photos.map((sha256, position) => ({
        visitId: body.id,
        position,
        sha256,
        countyCode: under.countyCode,
        mediaType: photos.find((photo) => photo.sha256 === sha256)?.mediaType ?? '',
      })),
    });
    return {
      answer: await answer(),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'visit',
          recordId: body.id,
          change: {
            after: { householdId: body.householdId, at: body.at, photos: body.photos, needs: body.needs.length },
          },
        },
      ],
      events: [
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
      ],
    };
  });
}

/** Whether this very visit is there already. @throws Refusal 409 when the id is another visit's */
async function repeated(tx: Tx, id: string, caller: Caller, contentHash: string): Promise<boolean> {
  // The phone may send twice at once: the second waits here for the first.
  await tx.$executeRawUnsafe('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', id);
  const there = await tx.visit.findUnique({ where: { id } });
  if (!there) return false;
  if (there.accountId !== caller.id || there.contentHash !== contentHash) throw new Refusal(409, 'VISIT_ID_TAKEN');
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
  service: Pairing,
  tx: Tx,
  { caller, now }: Actor,
  { body, at, under, contentHash }: { body: NewVisit; at: Date; under: OwnPairing; contentHash: string },
): Promise<void> {
  const { position } = body;
  await tx.visit.create({
    data: {
      id: body.id,
      countyCode: under.countyCode,
      householdId: body.householdId,
      cadreId: under.cadreId,
      at,
      day: new Date(businessDayOf(at)),
      peopleMet: body.peopleMet,
      seen: body.seen.trim(),
      needs: body.needs,
      positionSealed: position
        ? Uint8Array.from(service.cipher.seal(VISIT_POSITION, body.id, `${position.latitude},${position.longitude}`))
        : null,
      noPositionReason: position ? null : (body.noPositionReason?.trim() ?? null),
      acknowledgedHow: body.acknowledgement?.kind ?? '',
      acknowledgedBy: body.acknowledgement?.by.trim() ?? '',
      contentHash,
      accountId: caller.id,
      accountName: caller.name,
      receivedAt: now,
    },
  });
}
