import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { listDividendYears as operation } from '@bangfu/contracts/industry/declarations';
import { requireDeclarable } from '@bangfu/domain/industry/declaration';
import { dividendPeriods } from '@bangfu/domain/industry/dividend-period';
import { refusalOf } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { render } from '@bangfu/service-kit/http/messages';
import type { Industry } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { findMemberDays } from '../../contracts/contract.repository.ts';
import { getContract } from '../../contracts/list-contracts/list-contracts.query.ts';

/** The dividend years of a contract, each with whether it can be declared now. @throws Refusal 404 */
export async function listDividendYears(
  service: Industry,
  reader: Reader,
  contractId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const { from, to, state, dividendYear } = await getContract(sql, reader, contractId);
  const days = { from: from as BusinessDay, to: to as BusinessDay, dividendYear };
  const [entity] = await sql.query<{ closed: boolean }>(
    `SELECT e.state = 'closed' AS closed FROM contract c JOIN entity e ON e.id = c.entity_id WHERE c.id = $1::uuid`,
    [contractId],
  );
  const contract = { ...days, signed: state !== 'drafted', entityClosed: entity?.closed ?? false };
  const declared = await sql.query<{ id: string; from: string }>(
    'SELECT id::text AS id, period_from::text AS "from" FROM declaration WHERE contract_id = $1::uuid AND live',
    [contractId],
  );
  const households = await findMemberDays(sql, contractId);
  return {
    rows: dividendPeriods(days).map((period) => {
      const declarationId = declared.find((each) => each.from === period.from)?.id ?? null;
      const refusal = refusalOf(() =>
        requireDeclarable(contract, period, { isKnown: () => declarationId !== null, households }, reader.now),
      );
      const reason = refusal && {
        code: refusal.code,
        message: render(MESSAGES, refusal.code, refusal.params, reader.language),
      };
      const { year } = period;
      return { year, from: period.from, to: period.to, open: refusal === null, reason, declarationId };
    }),
  };
}
