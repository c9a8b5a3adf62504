import type { QueryOf } from '@bangfu/contracts/core/operation';
import * as contract from '@bangfu/contracts/training/certificates';
import { orderOf } from '@bangfu/data/typed-order';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { pageOfList } from '@bangfu/platform/http/typed-page';
import { beginsName, beginsNumber, searchPattern } from '@bangfu/platform/search/name-search';
import { learnerVisible } from '../../../db/visible.ts';
import { query, type Tables } from '../../../operations.ts';
import { withSteps } from '../certificate-steps.ts';
import { shownCertificates } from '../certificate.repository.ts';

type Asked = QueryOf<typeof contract.listCertificates>;

const ORDER = orderOf<Asked>()(shownCertificates, ({ text, name, person, number, day }) => ({
  columns: {
    number: text('t.number'),
    className: name('t.class_name'),
    courseName: name('t.course_name'),
    lessons: number('t.lessons'),
    providerName: name('t.provider_name'),
    begins: day('t.begins'),
    ends: day('t.ends'),
    personName: person('t.person_name'),
    householdNumber: text('t.household_number'),
    villageName: text('e.village_code'),
    mark: number('t.mark'),
    issuedOn: day('t.issued_on'),
    withdrawnOn: { ...day('t.withdrawn_on'), nullable: true },
  },
  own: [{ ...text('t.number'), down: true }],
}));

/** One page of the certificates of a caller's scope, as the list and the home show them. */
export function findCertificates(read: ReadSql<Tables>, caller: Caller, asked: Asked) {
  const { state, class: classId } = asked;
  const pattern = searchPattern(asked.search);
  let found = shownCertificates(read).where((eb) => learnerVisible(eb, caller));
  if (classId !== undefined) found = found.where('t.class_id', '=', classId);
  if (state !== undefined) found = found.where('t.withdrawn_on', state === 'valid' ? 'is' : 'is not', null);
  if (pattern !== null) {
    found = found.where((eb) =>
      eb.or([
        beginsNumber(eb.ref('t.number'), pattern),
        beginsNumber(eb.ref('t.household_number'), pattern),
        beginsName(eb.ref('t.person_name'), pattern),
      ]),
    );
  }
  return pageOfList(found, ORDER, asked, readsMasked(caller));
}

/** Certificates of the caller's scope, the latest number first. */
export const listCertificates = query(contract.listCertificates, async (call) => {
  const page = await findCertificates(call.read, call.caller, call.query);
  return { ...page, rows: await withSteps(call, page.rows) };
});
