import { countOf } from '@bangfu/data/count-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { OBJECTION_NAME, OBJECTION_PHONE } from '../../db/sealed.ts';
import type { Tables } from '../../operations.ts';

/** Objections `o` with their answers `a`, their cases `c` and the households' heads. */
export const objectionRows = (read: ReadSql<Tables>) =>
  read
    .selectFrom('objection as o')
    .leftJoin('objection_answer as a', 'a.objection_id', 'o.id')
    .innerJoin('case_file as c', 'c.id', 'o.case_id')
    .innerJoin('household as h', 'h.id', 'c.household_id')
    .select(['o.id', 'o.notice_id as noticeId', 'o.case_id as caseId', 'h.head_name as headName', 'o.content'])
    .select(['o.name_sealed as nameSealed', 'o.phone_sealed as phoneSealed', 'o.filed_at as filedAt'])
    .select(['a.outcome', 'a.answer', 'a.answered_at as answeredAt', 'a.account_name as answeredBy'])
    .select((eb) => [
      'c.version as caseVersion',
      countOf(eb.selectFrom('objection_supporter as s').whereRef('s.objection_id', '=', 'o.id')).as('supporters'),
    ]);

/** An objection as its query gives it. */
type ObjectionData = Awaited<ReturnType<ReturnType<typeof objectionRows>['execute']>>[number];

/** An objection as officers see it: the name opened, the telephone masked. */
export function shownObjection(cipher: Cipher, row: ObjectionData) {
  const { nameSealed, phoneSealed, filedAt, answeredAt, ...rest } = row;
  return {
    ...rest,
    name: nameSealed ? cipher.open(OBJECTION_NAME, row.id, nameSealed) : null,
    phoneMasked: phoneSealed ? maskPhone(cipher.open(OBJECTION_PHONE, row.id, phoneSealed)) : null,
    filedAt: filedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}
