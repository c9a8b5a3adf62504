import { revealCadrePhone as operation } from '@bangfu/contracts/pairing/cadres';
import { revealPhone } from '@bangfu/domain/pairing/cadre-steps';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { notFound } from '@bangfu/platform/http/refusal';
import type { Pairing } from '../../../db/client.ts';
import { UNIT_PARAMS, unitVisible, visibleTo } from '../../../db/visible.ts';
import { CADRE_PHONE } from '../../../db/sealed.ts';

/** Shows one cadre's phone; who asked and why is kept (roles, sensitive). @throws Refusal 404; DomainError CADRE_NO_PHONE */
export async function revealCadrePhone(service: Pairing, actor: Actor, cadreId: string, reason: string) {
  // Every look is a look of its own: no key, so that a number never lies in the table of answers.
  const once = { caller: actor.caller, now: actor.now };
  return runCommand(service.transaction, service.newId, operation, once, { cadreId }, async (_tx, sql) => {
    const [row] = await sql.query<{ sealed: Uint8Array | null }>(
      `SELECT c.phone_sealed AS sealed FROM cadre c JOIN unit u ON u.id = c.unit_id
       WHERE c.id = $1::uuid AND ${unitVisible(2)}`,
      [cadreId, ...visibleTo(actor.caller, businessDayOf(actor.now)).slice(0, UNIT_PARAMS)],
    );
    if (!row) throw notFound();
    revealPhone({ hasPhone: row.sealed !== null });
    return {
      answer: { phone: row.sealed ? service.cipher.open(CADRE_PHONE, cadreId, row.sealed) : null },
      audit: [{ action: operation.audit ?? '', recordType: 'cadre', recordId: cadreId, change: { reason } }],
    };
  });
}
