import { columnFacts, type ColumnKey } from '@bangfu/domain/identification/roster/columns';
import { POVERTY_STATUS, RISK } from '@bangfu/domain/identification/roster/dictionaries';
import type { RosterRow } from '@bangfu/domain/identification/roster/read-row';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import { HOUSEHOLD_LEFT_EMPTY, type LeftEmpty, PERSON_LEFT_EMPTY } from './fields.ts';
import { arrayLiteral, copyLine, type CopyValue } from './copy-text.ts';
import { STAGED_FACTS } from './staging.ts';
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

/** The words of a fact with several columns: the codes of those that are known, the others as they were written. */
function words(row: RosterRow, keys: readonly ColumnKey[]): string {
  const said = keys.flatMap((key) => row.later?.[key] ?? []).map(String);
  return arrayLiteral(said.map((word) => RISK.read(word) ?? word));
}

/** How the facts are read that the row does not have under their own keys, or that are kept in another form. */
const READ: Readonly<Partial<Record<string, (row: RosterRow, cipher: Cipher, newId: string) => CopyValue>>> = {
  village: (row) => row.villageCode,
  status: (row) => statusOf(row.status),
  health: (row) => arrayLiteral(row.health ?? []),
  risks: (row) => words(row, COLUMNS_OF_RISKS),
  idNumber: ({ idNumber }, cipher, newId) => idNumber && cipher.seal(PERSON_ID, newId, idNumber),
  phone: ({ phone }, cipher, newId) => phone && cipher.seal(PERSON_PHONE, newId, phone),
};
const COLUMNS_OF_RISKS = STAGED_FACTS.flatMap(({ key, from }): readonly ColumnKey[] => (key === 'risks' ? from : []));

type Reader = (row: RosterRow, cipher: Cipher, newId: string) => CopyValue;
const READERS: readonly Reader[] = STAGED_FACTS.map(({ key }): Reader => {
  const other = READ[key];
  if (other) return other;
  if (columnFacts(key as ColumnKey).later) return ({ later }) => later?.[key as ColumnKey];
  return (row) => row[key as keyof RosterRow] as CopyValue;
});

/** The keys that a row was asked for and left empty, in the order in which they are kept. */
function leftEmpty({ later }: RosterRow, { keys }: LeftEmpty): string {
  if (later === null) return '{}';
  return arrayLiteral(keys.filter((key) => later[key] === null).sort());
}

/**
 * A row of the roster as it is copied into staging: sensitive values sealed before they leave this process, for the
 * person it becomes when the register does not know them. @param newId that person's id
 */
export function stagedLine(row: RosterRow, ordinal: number, cipher: Cipher, newId: string): string {
  const { idNumber: id, idFacts, phone } = row;
  return copyLine([
    ordinal,
    newId,
    row.sheet,
    row.row,
    id === null ? null : cipher.index('id', id),
    id === null ? null : cipher.index('id-last-four', id.slice(-4)),
    idFacts?.birthDate,
    idFacts?.sex,
    idFacts?.certificate !== undefined,
    phone === null ? null : cipher.index('phone', phone),
    leftEmpty(row, HOUSEHOLD_LEFT_EMPTY),
    leftEmpty(row, PERSON_LEFT_EMPTY),
    row.aside && JSON.stringify(row.aside),
    row.unsaid && arrayLiteral(row.unsaid),
    ...READERS.map((read) => read(row, cipher, newId)),
  ]);
}
