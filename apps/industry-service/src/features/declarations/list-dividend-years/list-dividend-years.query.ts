import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { listDividendYears as operation } from '@bangfu/contracts/industry/declarations';
import { requireDeclarable } from '@bangfu/domain/industry/declaration';
import { type DeclaredPeriod, dividendPeriods } from '@bangfu/domain/industry/dividend-period';
import { requireNilDeclarable } from '@bangfu/domain/industry/nil-year';
import { type Refusal, refusalOf } from '@bangfu/domain/shared/errors';
import { pgSql } from '@bangfu/data/sql';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Industry } from '../../../db/client.ts';
import { readAs } from '../../../operations.ts';
import { toOffer } from '../../../steps.ts';
import type { Reader } from '@bangfu/platform/steps';
import { findMemberDays } from '../../contracts/contract.repository.ts';
import { findDeclaredYears } from '../../nil-years/nil-year.repository.ts';
import { declareRefusal, offeredNilYears } from '../../nil-years/nil-year-steps.ts';
import { getShownContract } from '../../contracts/shown-contract.ts';

/** The dividend years of a contract, each with whether it can be declared now, with a dividend or as one without. @throws Refusal 404 */
export async function listDividendYears(
  service: Industry,
  reader: Reader,
  contractId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const read = readAs(service, reader.caller);
  const { from, to, state, dividendYear, guaranteedBp, entityId } = await getShownContract(read, reader, contractId);
  const days = { from, to, dividendYear };
  const [entity] = await sql.query<{ closed: boolean }>(
    `SELECT e.state = 'closed' AS closed FROM contract c JOIN entity e ON e.id = c.entity_id WHERE c.id = $1::uuid`,
    [contractId],
  );
  const contract = { ...days, guaranteedBp, signed: state !== 'drafted', entityClosed: entity?.closed ?? false };
  const declared = await findDeclaredYears(read, contractId);
  const facts = { ...declared, households: await findMemberDays(read, contractId) };
  const nils = await offeredNilYears(read, reader, { id: contractId, entityId });
  const far = await declareRefusal(read, reader, entityId);
  const offer = (refusal: Refusal | null) => toOffer(refusal, reader.language);
  return {
    rows: dividendPeriods(days).map((period) => {
      const { year, from: first, to: last } = period;
      const nil = far ?? refusalOf(() => requireNilDeclarable(contract, asked(period), facts, reader.now));
      return {
        year,
        from: first,
        to: last,
        ...offer(refusalOf(() => requireDeclarable(contract, asked(period), facts, reader.now))),
        declarationId: declared.declarationOf(period),
        declareNil: offer(nil),
        nils: nils.filter((each) => each.from === first),
      };
    }),
  };
}

const asked = ({ year, from }: DeclaredPeriod) => ({ year, from });
