import { call, type Connection } from '@bangfu/contracts/core/client';
import { getHousehold, getStatistics, listHouseholds } from '@bangfu/contracts/identification/households';
import { listRegions, mergeRegions } from '@bangfu/contracts/identification/regions';
import { undoImport } from '@bangfu/contracts/identification/imports';
import { addDays, type BusinessDay, businessDay } from '@bangfu/domain/shared/time';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../app.ts';
import { bring, bringRegions, problemsOf, type TestPerson } from '../testing/rosters.ts';

const FIRST_DAY = businessDay('2026-03-01');
const DAYS = 12;
const HOUSEHOLDS = 4;
/** After every day that a file describes. */
const BEGIN = Date.parse('2026-04-01T02:00:00Z');
const HOUR = 3_600_000;

let world: TestService;
let office: Connection;
let hours = 0;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', buildIdentification);
  office = world.as('office', grant('county-office'));
  await bringRegions(office);
});
afterAll(() => world.stop());

/** The clock goes on by an hour with each act. */
function nextInstant(): string {
  hours += 1;
  const now = new Date(BEGIN + hours * HOUR);
  world.setNow(now);
  return now.toISOString();
}

interface State {
  readonly income: number;
  readonly members: number;
}
interface Assertion extends State {
  readonly number: string;
  readonly from: string;
  readonly at: string;
  readonly by: string;
}

/** What the register should know: every statement that was ever made, read from the first to the last. */
class Book {
  readonly #assertions: Assertion[] = [];
  readonly #confirmations: { readonly number: string; readonly day: string; readonly by: string }[] = [];
  readonly #undone = new Map<string, string>();

  stateOf(number: string, day: string, known: string): Assertion | undefined {
    let found: Assertion | undefined;
    for (const each of this.#assertions) {
      const undone = this.#undone.get(each.by);
      const holds = each.number === number && each.from <= day && each.at <= known && !(undone && undone <= known);
      if (holds && (!found || each.from >= found.from)) found = each;
    }
    return found;
  }

  everything(day: string, known: string): Record<string, State> {
    const numbers = new Set(this.#assertions.map(({ number }) => number));
    return Object.fromEntries(
      [...numbers].flatMap((number) => {
        const found = this.stateOf(number, day, known);
        return found ? [[number, { income: found.income, members: found.members }]] : [];
      }),
    );
  }

  /** @returns whether the file is older than what is known of the household */
  describe(number: string, day: string, at: string, by: string, said: State): boolean {
    const current = this.stateOf(number, '9999', at);
    const confirmed = this.#confirmations.filter((each) => each.number === number && !this.#undone.has(each.by));
    const newest = [current?.from ?? '', ...confirmed.map((each) => each.day)].sort().at(-1) ?? '';
    if (current && newest > day) return true;
    // A roster never takes a member away.
    const members = Math.max(said.members, current?.members ?? 0);
    this.#confirmations.push({ number, day, by });
    if (current?.income !== said.income || current.members !== members)
      this.#assertions.push({ number, from: day, at, by, income: said.income, members });
    return false;
  }

  undo(by: string, at: string): void {
    this.#undone.set(by, at);
  }
}

const file = fc.record({
  act: fc.constant('import' as const),
  day: fc.integer({ min: 0, max: DAYS - 1 }),
  rows: fc.uniqueArray(
    fc.record({
      household: fc.integer({ min: 1, max: HOUSEHOLDS }),
      income: fc.integer({ min: 1, max: 3 }),
      members: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: HOUSEHOLDS, selector: ({ household }) => household },
  ),
});
const undo = fc.record({ act: fc.constant('undo' as const) });
const history = fc.array(fc.oneof({ weight: 2, arbitrary: file }, { weight: 1, arbitrary: undo }), {
  minLength: 6,
  maxLength: 10,
});

const book = new Book();
const instants: string[] = [];
let series = 0;

const numberOf = (household: number) => `21138210${1000 * series + household}`;
const personsOf = ({ household, income, members }: { household: number } & State): TestPerson[] =>
  Array.from({ length: members }, (_, index) => ({
    number: numberOf(household),
    person: 2 * (HOUSEHOLDS * series + household) + index,
    name: index === 0 ? '户主' : '成员',
    relation: index === 0 ? '户主' : '配偶',
    income: `${income}000.00`,
  }));

async function play(acts: readonly (typeof history extends fc.Arbitrary<(infer Act)[]> ? Act : never)[]) {
  series += 1;
  const imports: string[] = [];
  for (const act of acts) {
    const at = nextInstant();
    instants.push(at);
    if (act.act === 'import') {
      const day = addDays(FIRST_DAY, act.day);
      const brought = await bring(office, act.rows.flatMap(personsOf), 'true', day);
      expect(brought).toMatchObject({ state: 'committed', asOf: day });
      imports.push(brought.id);
      const older = act.rows.filter(({ household, income, members }) =>
        book.describe(numberOf(household), day, at, brought.id, { income, members }),
      );
      const refused = (await problemsOf(office, brought.id)).filter(({ code }) => code === 'HOUSEHOLD_NEWER');
      expect(refused.map(({ household }) => household).sort()).toEqual(
        older.map(({ household }) => numberOf(household)).sort(),
      );
    } else {
      const importId = imports.pop();
      if (!importId) continue;
      // Each import is taken back after all that came later, so that nothing is built on it.
      await call(office, undoImport, { params: { importId }, body: {} });
      book.undo(importId, at);
    }
  }
}

async function registerOf(times: { readonly asOf?: BusinessDay; readonly knownAt?: string }) {
  const { rows } = await call(office, listHouseholds, { query: { limit: 500, ...times } });
  return Object.fromEntries(
    rows.map(({ number, memberCount, perCapitaIncomeFen }) => [
      number,
      { income: (perCapitaIncomeFen ?? 0) / 100_000, members: memberCount },
    ]),
  );
}

describe('given a random history of rosters of past days and their undoing', () => {
  it('then any day as known at any instant is what a plain reading of the statements says', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (acts) => {
        await play(acts);
        const known = instants.slice(-acts.length - 1);
        for (let day = 0; day < DAYS; day += 3) {
          for (const knownAt of known) {
            const asOf = addDays(FIRST_DAY, day);
            const expected = book.everything(asOf, knownAt);
            expect([asOf, knownAt, await registerOf({ asOf, knownAt })]).toEqual([asOf, knownAt, expected]);
            const { households, persons } = await call(office, getStatistics, { query: { asOf, knownAt } });
            const states = Object.values(expected);
            expect([households, persons]).toEqual([states.length, states.reduce((n, { members }) => n + members, 0)]);
          }
        }
        expect(await registerOf({})).toEqual(book.everything('9999', '9999'));
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('then a household is shown with the members of that day', async () => {
    series += 1;
    const one = { household: 1, income: 1 };
    const [before, after] = [addDays(FIRST_DAY, 1), addDays(FIRST_DAY, 5)];
    nextInstant();
    await bring(office, personsOf({ ...one, members: 1 }), 'true', before);
    const known = nextInstant();
    nextInstant();
    await bring(office, personsOf({ ...one, members: 2 }), 'true', after);
    const { rows } = await call(office, listHouseholds, { query: { search: numberOf(1) } });
    const params = { householdId: rows[0]?.id ?? '' };
    const membersOn = async (query: { asOf?: string; knownAt?: string }) =>
      (await call(office, getHousehold, { params, query })).members.map(({ relation }) => relation);
    expect(await membersOn({})).toEqual(['head', 'spouse']);
    expect(await membersOn({ asOf: after })).toEqual(['head', 'spouse']);
    expect(await membersOn({ asOf: addDays(after, -1) })).toEqual(['head']);
    expect(await membersOn({ asOf: after, knownAt: known })).toEqual(['head']);
    await expect(membersOn({ asOf: FIRST_DAY })).rejects.toMatchObject({ problem: { status: 404 } });
  });

  it('when townships are merged later, then the day before has the divisions of then', async () => {
    const township = async (query: { asOf?: string }) => {
      const { rows } = await call(office, listHouseholds, { query: { search: '21138299', ...query } });
      return rows.map(({ townshipName, villageCode }) => [townshipName, villageCode.slice(0, 9)]);
    };
    nextInstant();
    await bring(office, [{ number: '21138299001', person: 900, name: '丙一' }], 'true', addDays(FIRST_DAY, 2));
    const [[before, code]] = (await township({})) as [[string, string]];
    const { rows: regions } = await call(office, listRegions, {});
    const [into] = regions.filter((each) => each.level === 'township' && !each.code.startsWith(code));
    nextInstant();
    await call(office, mergeRegions, {
      body: {
        from: [into?.code ?? '', `${code}000`],
        to: into?.code ?? '',
        name: '合并镇',
        on: addDays(FIRST_DAY, 9),
        document: '民政〔2026〕1号',
      },
    });
    expect(await township({})).toEqual([['合并镇', into?.code.slice(0, 9)]]);
    expect(await township({ asOf: addDays(FIRST_DAY, 9) })).toEqual([['合并镇', into?.code.slice(0, 9)]]);
    expect(await township({ asOf: addDays(FIRST_DAY, 8) })).toEqual([[before, code]]);
  });

  it('when a day to come is named as the file’s, then it is refused; so is a filter of what is known of today only', async () => {
    const tomorrow = addDays(businessDay('2026-04-30'), 300);
    await expect(
      bring(office, personsOf({ household: 2, income: 1, members: 1 }), 'true', tomorrow),
    ).rejects.toMatchObject({
      problem: { code: 'DAY_TOO_LATE' },
    });
    const query = { asOf: FIRST_DAY, rule: 'any' };
    await expect(call(office, listHouseholds, { query })).rejects.toMatchObject({ problem: { code: 'PAST_NOT_KEPT' } });
  });
});
