import { readFileSync } from 'node:fs';
import { call, type Connection } from '@bangfu/contracts/core/client';
import {
  type ImportProblem,
  getImport,
  listImportProblems,
  type RosterImport,
  uploadRoster,
} from '@bangfu/contracts/identification/imports';
import { until } from '@bangfu/platform/testing/test-service';
import { idNumber } from './register.ts';

export { bringRegions } from './register.ts';

const FIXTURES = new URL('../../../../packages/testkit/fixtures/imports/', import.meta.url);

/** A person's row; the person is told from others by his running number. */
export interface TestPerson {
  readonly number: string;
  readonly person: number;
  readonly name: string;
  readonly township?: string;
  readonly village?: string;
  readonly relation?: string;
  readonly status?: string;
  readonly income?: string;
  /** Columns of later editions, by their header. */
  readonly later?: Readonly<Record<string, string>>;
}

/** A roster of these persons as .csv text. */
export function rosterText(persons: readonly TestPerson[]): string {
  const later = [...new Set(persons.flatMap((person) => Object.keys(person.later ?? {})))];
  const lines = persons.map((each) =>
    [
      each.township ?? '万元店镇',
      each.village ?? '佐杖子村',
      each.number,
      each.name,
      idNumber(each.person, 1970),
      each.relation ?? '户主',
      each.status ?? '',
      each.income ?? '2100.00',
      ...later.map((header) => each.later?.[header] ?? ''),
    ].join(','),
  );
  const header = ['乡(镇),行政村,户编号,姓名,证件号码,与户主关系,脱贫属性,人均纯收入', ...later].join(',');
  return `${header}\n${lines.join('\n')}\n`;
}

/** Uploads a roster, of today unless a day is given, and waits until it is checked, or committed where that is asked for. */
export function bring(
  connection: Connection,
  persons: readonly TestPerson[],
  commit: 'true' | 'false' = 'true',
  asOf?: string,
): Promise<RosterImport> {
  return bringBytes(connection, 'roster.csv', new Blob([rosterText(persons)]), commit, asOf);
}

/** Uploads a roster written as .csv text and waits until it is checked, or committed where that is asked for. */
export function bringText(
  connection: Connection,
  text: string,
  commit: 'true' | 'false' = 'true',
): Promise<RosterImport> {
  return bringBytes(connection, 'roster.csv', new Blob([text]), commit);
}

/** Uploads a file of the fixtures of imports and waits until it is checked, or committed where that is asked for. */
export function bringFixture(
  connection: Connection,
  name: string,
  commit: 'true' | 'false' = 'true',
): Promise<RosterImport> {
  return bringBytes(connection, name, new Blob([readFileSync(new URL(name, FIXTURES))]), commit);
}

async function bringBytes(
  connection: Connection,
  name: string,
  body: Blob,
  commit: 'true' | 'false',
  asOf?: string,
): Promise<RosterImport> {
  const { id } = await call(connection, uploadRoster, { query: { name, commit, ...(asOf && { asOf }) }, body });
  return settled(connection, id);
}

/** Waits until nothing is done with an import any more. */
export function settled(connection: Connection, importId: string): Promise<RosterImport> {
  return until(`import ${importId} settles`, async () => {
    const found = await call(connection, getImport, { params: { importId } });
    return ['checking', 'committing'].includes(found.state) ? null : found;
  });
}

/** The problems of an import. */
export async function problemsOf(connection: Connection, importId: string): Promise<readonly ImportProblem[]> {
  return (await call(connection, listImportProblems, { params: { importId }, query: { limit: 500 } })).rows;
}
