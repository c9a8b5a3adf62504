import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { listDividendYears as operation } from '@bangfu/contracts/industry/declarations';
import { requireDeclarableYear } from '@bangfu/domain/industry/declaration';
import { refusalOf } from '@bangfu/domain/shared/errors';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { render } from '@bangfu/service-kit/http/messages';
import type { Industry } from '../../../db/client.ts';
import { MESSAGES } from '../../../messages.ts';
import type { Reader } from '@bangfu/service-kit/steps';
import { getContract } from '../../contracts/list-contracts/list-contracts.query.ts';

/** The years a contract runs over, each with whether it can be declared now. @throws Refusal 404 */
export async function listDividendYears(
  service: Industry,
  reader: Reader,
  contractId: string,
): Promise<AnswerInputOf<typeof operation>> {
  const sql = pgSql(readsOf(service, reader.caller));
  const { from, to, state } = await getContract(sql, reader, contractId);
  const contract = { from: from as BusinessDay, to: to as BusinessDay, signed: state === 'in-force' };
  const declared = await sql.query<{ id: string; year: number }>(
    'SELECT id::text AS id, year FROM declaration WHERE contract_id = $1::uuid AND live',
    [contractId],
  );
  const first = Number(from.slice(0, 4));
  const years = Array.from({ length: Math.max(0, Number(to.slice(0, 4)) - first + 1) }, (_, at) => first + at);
  return {
    rows: years.map((year) => {
      const declarationId = declared.find((each) => each.year === year)?.id ?? null;
      const refusal = refusalOf(() => requireDeclarableYear(contract, year, declarationId !== null, reader.now));
      const reason = refusal && {
        code: refusal.code,
        message: render(MESSAGES, refusal.code, refusal.params, reader.language),
      };
      return { year, open: refusal === null, reason, declarationId };
    }),
  };
}
