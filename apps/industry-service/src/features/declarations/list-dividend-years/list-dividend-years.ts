import * as contract from '@bangfu/contracts/industry/declarations';
import { requireDeclarable } from '@bangfu/domain/industry/declaration';
import { type DeclaredPeriod, dividendPeriods } from '@bangfu/domain/industry/dividend-period';
import { requireNilDeclarable } from '@bangfu/domain/industry/nil-year';
import { type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { query } from '../../../operations.ts';
import { toOffer } from '../../../steps.ts';
import { findMemberDays } from '../../contracts/contract.repository.ts';
import { getShownContract } from '../../contracts/shown-contract.ts';
import { declareRefusal, offeredNilYears } from '../../nil-years/nil-year-steps.ts';
import { findDeclaredYears } from '../../nil-years/nil-year.repository.ts';

/** The dividend years of a contract, each with whether it can be declared now, with a dividend or as one without. @throws Refusal 404 */
export const listDividendYears = query(contract.listDividendYears, async (call) => {
  const { read, now, language } = call;
  const { contractId } = call.params;
  const { from, to, state, dividendYear, guaranteedBp, entityId } = await getShownContract(read, call, contractId);
  const days = { from, to, dividendYear };
  const entity = await read.selectFrom('entity').where('id', '=', entityId).select('state').executeTakeFirst();
  const terms = { ...days, guaranteedBp, signed: state !== 'drafted', entityClosed: entity?.state === 'closed' };
  const declared = await findDeclaredYears(read, contractId);
  const facts = { ...declared, households: await findMemberDays(read, contractId) };
  const nils = await offeredNilYears(read, call, { id: contractId, entityId });
  const far = await declareRefusal(read, call, entityId);
  const offer = (refusal: Refusal | null) => toOffer(refusal, language);
  return {
    rows: dividendPeriods(days).map((period) => {
      const { year, from: first, to: last } = period;
      const nil = far ?? refusalOf(() => requireNilDeclarable(terms, asked(period), facts, now));
      return {
        year,
        from: first,
        to: last,
        ...offer(refusalOf(() => requireDeclarable(terms, asked(period), facts, now))),
        declarationId: declared.declarationOf(period),
        declareNil: offer(nil),
        nils: nils.filter((each) => each.from === first),
      };
    }),
  };
});

const asked = ({ year, from }: DeclaredPeriod) => ({ year, from });
