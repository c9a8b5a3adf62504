import { POVERTY_STATUS } from '@bangfu/domain/identification/roster/dictionaries';
import type { RosterRow } from '@bangfu/domain/identification/roster/read-row';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { arrayLiteral, copyLine } from './copy-text.ts';
import { PERSON_ID, PERSON_PHONE } from '../../../db/sealed.ts';

/** What the roster's 脱贫属性 says of the household in the register's words; empty = a household not registered. */
const STATUS = { poor: 'registered', exited: 'exited', returned: 'returned' } as const;

/** The register's status for the roster's word. */
function statusOf(word: RosterRow['status']): string {
  return word === null ? 'none' : STATUS[word];
}

/** The roster's word for a status of the register; '' for a household not registered. */
export function rosterWord(status: string): string {
  const code = POVERTY_STATUS.codes.find((each) => STATUS[each] === status);
  return code ? POVERTY_STATUS.label(code) : '';
}

/**
 * A row of the roster as it is copied into staging: sensitive values sealed before they leave this process, for the
 * person it becomes when the register does not know them. @param newId that person's id
 */
export function stagedLine(row: RosterRow, ordinal: number, cipher: Cipher, newId: string): string {
  const id = row.idNumber;
  const details = { ...row.later, ...(row.aside ? { aside: row.aside } : {}) };
  return copyLine([
    ordinal,
    newId,
    row.sheet,
    row.row,
    row.householdNumber,
    row.personNumber,
    row.name,
    id === null ? null : cipher.seal(PERSON_ID, newId, id),
    id === null ? null : cipher.index('id', id),
    id === null ? null : cipher.index('id-last-four', id.slice(-4)),
    row.idFacts?.birthDate,
    row.idFacts?.sex,
    row.idFacts?.certificate !== undefined,
    row.villageCode,
    row.group,
    row.memberCount,
    row.relation,
    row.ethnicity,
    row.education,
    row.schoolStage,
    arrayLiteral(row.health ?? []),
    row.labour,
    row.workStatus,
    row.workMonths,
    row.criticalIllnessInsurance,
    statusOf(row.status),
    row.category,
    row.mainCause,
    row.dangerousHouse,
    row.safeWater,
    row.waterDifficulty,
    row.perCapitaIncome,
    row.phone === null ? null : cipher.seal(PERSON_PHONE, newId, row.phone),
    row.phone === null ? null : cipher.index('phone', row.phone),
    Object.keys(details).length > 0 ? JSON.stringify(details) : '{}',
    row.unsaid === null ? null : arrayLiteral(row.unsaid),
  ]);
}
