import type { Objection } from '@bangfu/contracts/identification/cases';
import { maskPhone } from '@bangfu/domain/shared/id-number';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { OBJECTION_NAME, OBJECTION_PHONE } from '../../db/sealed.ts';

/** An objection as its query gives it. */
export interface ObjectionData extends Omit<Objection, 'name' | 'phoneMasked' | 'filedAt' | 'answeredAt'> {
  readonly nameSealed: Buffer | null;
  readonly phoneSealed: Buffer | null;
  readonly filedAt: Date;
  readonly answeredAt: Date | null;
}

/** Objections `o` with their answers `a`, their cases `c` and the households' heads; add a WHERE. */
export const OBJECTION_SELECT = `SELECT o.id, o.notice_id AS "noticeId", o.case_id AS "caseId", h.head_name AS "headName",
    o.content, o.name_sealed AS "nameSealed", o.phone_sealed AS "phoneSealed", o.filed_at AS "filedAt",
    (SELECT count(*)::float8 FROM objection_supporter s WHERE s.objection_id = o.id) AS supporters, a.outcome, a.answer, a.answered_at AS "answeredAt", a.account_name AS "answeredBy", c.version AS "caseVersion"
  FROM objection o LEFT JOIN objection_answer a ON a.objection_id = o.id JOIN case_file c ON c.id = o.case_id
    JOIN household h ON h.id = c.household_id`;

/** An objection as officers see it: the name opened, the telephone masked. */
export function shownObjection<Data extends ObjectionData>(cipher: Cipher, row: Data) {
  const { nameSealed, phoneSealed, filedAt, answeredAt, ...rest } = row;
  return {
    ...rest,
    name: nameSealed ? cipher.open(OBJECTION_NAME, row.id, nameSealed) : null,
    phoneMasked: phoneSealed ? maskPhone(cipher.open(OBJECTION_PHONE, row.id, phoneSealed)) : null,
    filedAt: filedAt.toISOString(),
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}
