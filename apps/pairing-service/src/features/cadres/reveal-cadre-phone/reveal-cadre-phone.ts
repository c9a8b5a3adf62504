import * as contract from '@bangfu/contracts/pairing/cadres';
import { revealPhone } from '@bangfu/domain/pairing/cadre-steps';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { notFound } from '@bangfu/platform/http/refusal';
import { carryOut } from '@bangfu/platform/operation/operation';
import { CADRE_PHONE } from '../../../db/sealed.ts';
import { unitVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';

/** Shows one cadre's phone; who asked and why is kept (roles, sensitive). @throws Refusal 404; DomainError CADRE_NO_PHONE */
export const revealCadrePhone = query(contract.revealCadrePhone, ({ caller, now, kit, params: { cadreId }, body }) =>
  // Every look is a look of its own: no key, so that a number never lies in the table of answers.
  carryOut<Tables, { phone: string | null }>(
    kit,
    contract.revealCadrePhone,
    { caller, now },
    { cadreId },
    async ({ tx, audit }) => {
      const row = await tx.sql
        .selectFrom('cadre as c')
        .innerJoin('unit as u', 'u.id', 'c.unit_id')
        .where('c.id', '=', cadreId)
        .where((eb) => unitVisible(eb, caller, businessDayOf(now)))
        .select('c.phone_sealed as sealed')
        .executeTakeFirst();
      if (!row) throw notFound();
      revealPhone({ hasPhone: row.sealed !== null });
      audit.entry('cadre', cadreId, { reason: body.reason });
      return { phone: row.sealed ? kit.cipher.open(CADRE_PHONE, cadreId, row.sealed) : null };
    },
  ),
);
