import type { ImportProblem, ImportReport } from '@bangfu/contracts/identification/imports';
import { ROSTER_NAMES, rosterKey } from '@bangfu/testkit/rosters';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { bangfu, commandLineOf } from './command-line.ts';
import { bringRegions, ROSTERS } from './county.ts';
import { dataFolder, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';

/** The object of `import roster --json`. */
interface Answer extends Omit<ImportReport, 'problemCounts'> {
  readonly problems: readonly Omit<ImportProblem, 'village'>[];
  readonly import: { readonly id: string; readonly committed: boolean };
}

const NOBODY = { households: 0, persons: 0, byStatus: {}, byCause: {}, byCategory: {} };
const data = dataFolder();
let platform: StartedPlatform;
let run: ReturnType<typeof commandLineOf>;

beforeAll(async () => {
  platform = await startPlatform(data, await freePort(), ['--demo', 'none']);
  run = commandLineOf(platform.url);
  await bringRegions(await connectAs(platform.url, 'admin', ADMIN_PASSWORD));
}, 300_000);
afterAll(async () => {
  await platform.stop();
  removeFolder(data);
});

const done = async <T>(...args: string[]): Promise<T> => {
  const { exit, document, stderr } = await run<T>(...args);
  expect({ exit, stderr }).toMatchObject({ exit: 0 });
  return document;
};
const importRoster = (name: string, ...flags: string[]) =>
  done<Answer>('import', 'roster', `${ROSTERS}${name}`, ...flags);

/** The household numbers of each code and severity, as the key has them. */
function problemsOf({ problems }: Answer, severity: string): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const problem of problems) {
    // It belongs to the sheet, not to a household; the key lists it apart.
    if (problem.severity !== severity || problem.code === 'COLUMN_UNKNOWN') continue;
    (found[problem.code] ??= new Set()).add(problem.household ?? 'none');
  }
  return Object.fromEntries(Object.entries(found).map(([code, households]) => [code, [...households].sort()]));
}

describe.each(ROSTER_NAMES)('given an empty register and the roster %s', (name) => {
  const key = rosterKey(name);

  it('when the command line tries, commits, repeats and undoes it, then every number is the key’s', async () => {
    const tried = await importRoster(name, '--dry-run');
    expect(tried.households).toEqual({ ...key.households, change: 0, unchanged: 0 });
    expect(tried.persons).toEqual({ ...key.persons, change: 0, move: 0, unchanged: 0 });
    const count = (part: 'dataRows' | 'skippedRows') => tried.sheets.reduce((sum, sheet) => sum + sheet[part], 0);
    expect({ dataRows: count('dataRows'), skippedRows: count('skippedRows') }).toEqual({
      dataRows: key.dataRows,
      skippedRows: key.skippedRows,
    });
    expect(problemsOf(tried, 'error')).toEqual(key.errors);
    expect(problemsOf(tried, 'warning')).toEqual(key.warnings);
    expect(tried.columns.unknown).toEqual(key.unknownColumns);
    expect(tried.import.committed).toBe(false);
    expect(await done('stats')).toEqual(NOBODY);

    const committed = await importRoster(name);
    expect(committed).toEqual({ ...tried, import: { id: expect.any(String), committed: true } });
    expect(await done('stats')).toMatchObject({ households: key.households.create, persons: key.persons.create });

    const again = await importRoster(name);
    const { create: households, heldBack } = key.households;
    expect(again.households).toEqual({ create: 0, change: 0, unchanged: households, heldBack });
    expect(again.persons).toEqual({
      create: 0,
      change: 0,
      move: 0,
      unchanged: key.persons.create,
      heldBack: key.persons.heldBack,
    });
    expect(again.import.committed).toBe(true);

    expect(await done('import', 'undo', again.import.id)).toEqual({ undone: true });
    expect(await done('import', 'undo', committed.import.id)).toEqual({ undone: true });
    expect(await done('stats')).toEqual(NOBODY);
  }, 120_000);
});

describe('given an import that is undone already', () => {
  it('when it is undone again, then exit 1 with the platform’s refusal; a wrong command is exit 2', async () => {
    const { import: first } = await importRoster('clean.xlsx');
    await done('import', 'undo', first.id);
    const { exit, document, stderr } = await run('import', 'undo', first.id);
    expect({ exit, document }).toMatchObject({ exit: 1, document: { status: 422, code: 'IMPORT_NOT_COMMITTED' } });
    expect(stderr).toContain('没有入库，或已经撤销');

    expect(await run('import', 'undo')).toMatchObject({ exit: 2, document: { code: 'USAGE' } });
    const unset = await bangfu(['stats', '--json'], { BANGFU_URL: 'nowhere' });
    expect({ exit: unset.exit, document: JSON.parse(unset.stdout) }).toMatchObject({
      exit: 2,
      document: { code: 'SETTING_WRONG' },
    });
  }, 60_000);
});
