import * as contract from '@bangfu/contracts/identification/households';
import { inRegions } from '@bangfu/data/scope';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { notFound } from '@bangfu/platform/http/refusal';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';
import { command } from '../../../operations.ts';

/** Shows one person's ID number and telephone; the reason is in the audit log before the answer leaves. @throws Refusal 404 */
export const revealSensitive = command(
  contract.revealSensitive,
  async ({ params: { personId }, body, tx, caller, audit, kit }) => {
    const person = await tx.sql
      .selectFrom('person as p')
      .innerJoin('household as h', 'h.id', 'p.household_id')
      .where('p.id', '=', personId)
      .where((eb) => inRegions(eb.ref('h.village_code'), regionPrefixes(caller)))
      .select(['p.id_sealed', 'p.phone_sealed'])
      .executeTakeFirst();
    if (!person) throw notFound();
    audit.entry('person', personId, { reason: body.reason });
    return {
      idNumber: kit.cipher.open(PERSON_ID, personId, person.id_sealed),
      phone: person.phone_sealed ? kit.cipher.open(PERSON_PHONE, personId, person.phone_sealed) : null,
    };
  },
  // It would lie in plain under the key.
  { keepsAnswer: false },
);
