import type { QueryOf } from '@bangfu/contracts/core/operation';
import type { Certificate, listCertificates } from '@bangfu/contracts/training/certificates';
import { pgSql } from '@bangfu/data/sql';
import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { byDay, byName, byNumber, byPerson, byText, down, listOrder, nullable } from '@bangfu/data/list-order';
import { readsOf } from '@bangfu/platform/db/reads';
import { readPage } from '@bangfu/platform/http/page';
import { nameBegins, numberBegins, searchPattern } from '@bangfu/platform/search/name-search';
import type { Training } from '../../../db/client.ts';
import { learnerVisible, visibleTo } from '../../../db/visible.ts';
import { CERTIFICATE_COLUMNS, CERTIFICATE_TABLES } from '../certificate.repository.ts';

const NUMBER = byText('t.number');
const ORDER = listOrder<QueryOf<typeof listCertificates>>(
  {
    number: NUMBER,
    className: byName('t.class_name'),
    courseName: byName('t.course_name'),
    lessons: byNumber('t.lessons'),
    providerName: byName('t.provider_name'),
    begins: byDay('t.begins'),
    ends: byDay('t.ends'),
    personName: byPerson('t.person_name'),
    householdNumber: byText('t.household_number'),
    villageName: byText('e.village_code'),
    mark: byNumber('t.mark'),
    issuedOn: byDay('t.issued_on'),
    withdrawnOn: nullable(byDay('t.withdrawn_on')),
  },
  [down(NUMBER)],
);

/** Certificates of the caller's scope, the latest number first. */
export function findCertificates(
  service: Training,
  caller: Caller,
  query: QueryOf<typeof listCertificates>,
): Promise<{ rows: Certificate[]; total: number; next: string | null }> {
  const where = `${learnerVisible(1)} AND ($4::uuid IS NULL OR t.class_id = $4::uuid) AND ($5::text IS NULL
    OR ${numberBegins('t.number', '$5')} OR ${numberBegins('t.household_number', '$5')} OR ${nameBegins('t.person_name', '$5')})
    AND ($6::text IS NULL OR (t.withdrawn_on IS NULL) = ($6 = 'valid'))`;
  const params = [...visibleTo(caller), query.class ?? null, searchPattern(query.search), query.state ?? null];
  const list = { columns: CERTIFICATE_COLUMNS, from: `FROM ${CERTIFICATE_TABLES} WHERE ${where}`, params };
  return readPage<Certificate>(pgSql(readsOf(service, caller)), ORDER, query, list, readsMasked(caller));
}
