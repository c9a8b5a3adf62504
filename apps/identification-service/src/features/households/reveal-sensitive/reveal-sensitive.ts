import { revealSensitive as operation } from '@bangfu/contracts/identification/households';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { likeAny } from '@bangfu/data/scope';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Identification } from '../../../db/client.ts';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';

/** Shows one person's ID number and telephone; the reason is in the audit log before the answer leaves. */
export function revealSensitive(service: Identification, actor: Actor, personId: string, reason: string) {
  // The answer is never kept under an idempotency key: it would lie there in plain.
  const once: Actor = { caller: actor.caller, now: actor.now };
  return runCommand(service.transaction, service.newId, operation, once, { personId }, async (_tx, sql) => {
    const [person] = await sql.query<{ id_sealed: Uint8Array; phone_sealed: Uint8Array | null }>(
      `SELECT p.id_sealed, p.phone_sealed FROM person p JOIN household h ON h.id = p.household_id
       WHERE p.id = $1::uuid AND h.village_code LIKE ANY ($2)`,
      [personId, likeAny(regionPrefixes(actor.caller))],
    );
    if (!person) throw notFound();
    return {
      answer: {
        idNumber: service.cipher.open(PERSON_ID, personId, person.id_sealed),
        phone: person.phone_sealed ? service.cipher.open(PERSON_PHONE, personId, person.phone_sealed) : null,
      },
      audit: [{ action: operation.audit ?? '', recordType: 'person', recordId: personId, change: { reason } }],
    };
  });
}
