import type { BodyOf } from '@bangfu/contracts/core/operation';
import { declareNilYear as operation, type NilYear } from '@bangfu/contracts/industry/nil-years';
import { requireNilDeclarable } from '@bangfu/domain/industry/nil-year';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { findMemberDays, holdContract } from '../../contracts/contract.repository.ts';
import { findDeclaredYears, getNilYear } from '../nil-year.repository.ts';

/**
 * The entity declares that a dividend year has nothing to distribute; it holds from then on, and is to be confirmed.
 * The contract is held, so that its year is declared once, in one way.
 * @throws Refusal 404; DomainError NIL_GUARANTEED, ENTITY_CLOSED, CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR,
 * DECLARATION_TOO_EARLY, DECLARATION_KNOWN, DECLARATION_NIL, DECLARATION_NOBODY
 */
export function declareNilYear(
  service: Industry,
  actor: Actor,
  contractId: string,
  body: BodyOf<typeof operation>,
): Promise<NilYear> {
  const id = service.newId(actor.now);
  const input = { contractId, ...body };
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const contract = await holdContract(sql, actor.caller, contractId);
    const facts = {
      ...(await findDeclaredYears(sql, contractId)),
      households: await findMemberDays(sql, contractId),
    };
    const signed = contract.state !== 'drafted';
    const period = requireNilDeclarable({ ...contract, signed }, body, facts, actor.now);
    const documentNumber = body.documentNumber ?? null;
    await sql.query(
      `INSERT INTO dividend_nil (id, county_code, contract_id, year, period_from, period_end, reason, document_number,
         declared_by_id, declared_by, declared_at)
       VALUES ($1::uuid, $2, $3::uuid, $4::int, $5::text::date, $6::text::date, $7, $8, $9, $10, $11::text::timestamptz)`,
      [
        id,
        contract.countyCode,
        contractId,
        period.year,
        period.from,
        period.to,
        body.reason,
        documentNumber,
        actor.caller.id,
        actor.caller.name,
        actor.now.toISOString(),
      ],
    );
    return {
      answer: await getNilYear(sql, id),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: {
            after: { nilYear: id, from: period.from, to: period.to, reason: body.reason, documentNumber },
          },
        },
      ],
    };
  });
}
