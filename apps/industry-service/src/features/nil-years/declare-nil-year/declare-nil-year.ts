import * as contract from '@bangfu/contracts/industry/nil-years';
import { requireNilDeclarable } from '@bangfu/domain/industry/nil-year';
import { command } from '../../../operations.ts';
import { findMemberDays, holdContract } from '../../contracts/contract.repository.ts';
import { findDeclaredYears, getNilYear } from '../nil-year.repository.ts';

/**
 * The entity declares that a dividend year has nothing to distribute; it holds from then on, and is to be confirmed.
 * The contract is held, so that its year is declared once, in one way.
 * @throws Refusal 404; DomainError NIL_GUARANTEED, ENTITY_CLOSED, CONTRACT_NOT_IN_FORCE, DECLARATION_YEAR,
 * DECLARATION_TOO_EARLY, DECLARATION_KNOWN, DECLARATION_NIL, DECLARATION_NOBODY
 */
export const declareNilYear = command(
  contract.declareNilYear,
  async ({ params: { contractId }, body, tx, caller, now, newId, audit }) => {
    const held = await holdContract(tx, caller, contractId);
    const facts = {
      ...(await findDeclaredYears(tx.sql, contractId)),
      households: await findMemberDays(tx.sql, contractId),
    };
    const signed = held.state !== 'drafted';
    const { year, from, to } = requireNilDeclarable({ ...held, signed }, body, facts, now);
    const { reason, documentNumber = null } = body;
    const id = newId();
    const declared = { declared_by_id: caller.id, declared_by: caller.name, declared_at: now };
    await tx.sql
      .insertInto('dividend_nil')
      .values({
        id,
        county_code: held.countyCode,
        contract_id: contractId,
        year,
        period_from: from,
        period_end: to,
        reason,
        document_number: documentNumber,
        ...declared,
      })
      .execute();
    audit.change('contract', contractId, null, { nilYear: id, from, to, reason, documentNumber });
    return getNilYear(tx.sql, id);
  },
);
