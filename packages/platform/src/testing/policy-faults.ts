import { call } from '@bangfu/contracts/core/client';
import { FIELD_WORDS } from '@bangfu/contracts/core/field-words';
import type { Policy } from '@bangfu/contracts/core/policy';
import type { ServicePolicies } from '@bangfu/contracts/core/policy-operations';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { addDays, businessDay, type BusinessDay } from '@bangfu/domain/shared/time';
import { defOf, fieldsOf } from '@bangfu/contracts/core/strict';
import pg from 'pg';
import { expect } from 'vitest';
import type { z } from 'zod';
import { grant, type TestService } from './test-service.ts';
import { edgyPlaces, withAt } from './valid-input.ts';

const TODAY = businessDay('2026-12-01');

type Path = readonly (string | number)[];
const at = (value: unknown, path: Path) =>
  path.reduce<unknown>((found, step) => (found as Record<string, unknown>)[step], value);

/** The numbers of a value by their paths, each row of a list too. */
function numbersOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    numbersOf(part, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

/** A copy of a value with another one at a place. */
function put(value: unknown, [step, ...rest]: Path, to: unknown): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? put(each, rest, to) : each));
  const held = value as Readonly<Record<string, unknown>>;
  return { ...held, [step]: put(held[step], rest, to) };
}

/** Another value that the policy takes, with the field that differs. */
function altered(policy: Policy, value: unknown): { value: unknown; field: Path; before: number; after: number } {
  for (const field of numbersOf(value)) {
    const before = at(value, field) as number;
    for (const after of [before + 1, before - 1]) {
      const other = put(value, field, after);
      if (policy.schema.safeParse(other).success) return { value: other, field, before, after };
    }
  }
  throw new Error(`no number of ${policy.key} can differ`);
}

/** The Chinese label of a field as the policy declares it, that of a list's row included. */
function labelOf(policy: Policy, path: Path): string {
  const schema = path.reduce<z.ZodType>((found, step) => {
    const def = defOf(found);
    return typeof step === 'number' ? (def['element'] as z.ZodType) : (fieldsOf(def)[step] ?? found);
  }, policy.schema);
  return FIELD_WORDS.get(schema)?.zh ?? 'no label';
}

const refusal = async (act: Promise<unknown>) => {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProblemError)) throw error ?? new Error('it was not refused');
  return error.problem;
};

/** What must hold of every policy a service declares, over HTTP on its own database. */
export async function policyFaults(world: TestService, declared: ServicePolicies): Promise<void> {
  const [office, leader] = [
    world.as('policy-office', grant('county-office')),
    world.as('policy-leader', grant('county-leader')),
  ];
  const both = world.as('policy-both', grant('county-office'), grant('county-leader'));
  const on = async (key: string, day: BusinessDay) =>
    call(office, declared.getPolicy, { params: { policy: key }, query: { on: day } });
  const setDay = (day: BusinessDay) => world.setNow(new Date(`${day}T02:00:00Z`));
  for (const [index, policy] of declared.policies.entries()) {
    setDay(TODAY);
    const { key, isYearly } = policy;
    const validFrom = isYearly ? businessDay('2027-01-01') : addDays(TODAY, 10 + index);
    const seed = policy.seeds.at(-1)?.value;
    const { value, field, before, after } = altered(policy, seed);
    const draft = (given: { value?: unknown; validFrom?: string }, as = office) =>
      call(as, declared.draftPolicy, {
        body: { policy: key, validFrom, document: '县办〔2026〕1号', paragraph: '第一条', value, ...given },
      });

    // Each field beyond its range is refused by name, and so is a field that nobody knows.
    for (const path of numbersOf(seed)) {
      const problem = await refusal(draft({ value: put(seed, path, 2 ** 31) }));
      expect([problem.code, problem.errors?.map((error) => error.path)]).toEqual([
        'INVALID_INPUT',
        [`value.${path.join('.')}`],
      ]);
    }
    const [first = []] = numbersOf(seed);
    const [named] = (await refusal(draft({ value: put(seed, first, 2 ** 31) }))).errors ?? [];
    expect(named?.message).toContain(labelOf(policy, first));
    for (const { path } of edgyPlaces(policy.schema).filter(({ kind }) => kind === 'day')) {
      const problem = await refusal(draft({ value: withAt(seed, path, '0001-01-01') }));
      expect(problem.errors?.map((error) => error.path)).toContain(`value.${path.join('.')}`);
    }
    expect((await refusal(draft({ value: { ...(seed as object), unheardOf: 1 } }))).code).toBe('INPUT_UNKNOWN');

    // Nothing that was decided is changed.
    if (!isYearly) {
      expect((await refusal(draft({ validFrom: addDays(TODAY, -1) }))).code).toBe('POLICY_DAY_PAST');
    }

    // Another person approves, and the version counts from its day on.
    const own = await draft({}, both);
    expect(
      (await refusal(call(both, declared.approvePolicy, { params: { policyId: own.id }, body: { version: 1 } }))).code,
    ).toBe('POLICY_OWN');
    const beside = await draft({});
    expect(
      await refusal(call(office, declared.approvePolicy, { params: { policyId: own.id }, body: { version: 1 } })),
    ).toMatchObject({
      status: 403,
    });
    const approved = await call(leader, declared.approvePolicy, { params: { policyId: own.id }, body: { version: 1 } });
    expect(approved).toMatchObject({
      state: 'approved',
      draftedBy: 'policy-both',
      approvedBy: 'policy-leader',
      version: 2,
    });
    if (isYearly) {
      expect((await refusal(on(key, addDays(businessDay('2028-01-01'), 0)))).code).toBe('POLICY_YEAR_MISSING');
    } else {
      expect((await on(key, addDays(validFrom, -1))).id).not.toBe(own.id);
    }
    expect(await on(key, validFrom)).toMatchObject({ id: own.id, value, document: '县办〔2026〕1号' });

    // What it changes is what differs, and nothing else.
    const row = (await call(leader, declared.listPolicies, {})).rows.find((each) => each.policy === key);
    const listed = row?.versions.find(({ id }) => id === own.id);
    const former = isYearly ? null : await on(key, addDays(validFrom, -1));
    if (former && JSON.stringify(former.value) === JSON.stringify(seed)) {
      expect(listed?.changes).toEqual([expect.objectContaining({ before, after })]);
      expect(listed?.changes[0]?.field.split('.').at(-1)).toBe(String(field.at(-1)));
    }
    expect(row?.inForce?.id).not.toBe(own.id);

    // A second version of the same day is refused; both can be withdrawn before it, by the right person.
    const twice = await refusal(
      call(leader, declared.approvePolicy, { params: { policyId: beside.id }, body: { version: 1 } }),
    );
    expect(twice.code).toBe('POLICY_DAY_TAKEN');
    const withdraw = (id: string, version: number, as = leader) =>
      call(as, declared.withdrawPolicy, { params: { policyId: id }, body: { reason: '年份写错', version } });
    expect((await refusal(withdraw(own.id, 2))).code).toBe('POLICY_APPROVER_WITHDRAWS');
    expect((await refusal(withdraw(own.id, 1, office))).code).toBe('CHANGED_MEANWHILE');
    expect((await withdraw(beside.id, 1, office)).state).toBe('withdrawn');
    setDay(validFrom);
    expect((await refusal(withdraw(own.id, 2, office))).code).toBe('POLICY_BEGUN');
    setDay(addDays(validFrom, -1));
    expect((await withdraw(own.id, 2, office)).state).toBe('withdrawn');
    world.setNow(null);
  }
  const client = new pg.Client({ connectionString: world.urls.app });
  await client.connect();
  try {
    for (const statement of [
      `UPDATE platform.policy SET value = '{}'`,
      'DELETE FROM platform.policy',
      `UPDATE platform.policy SET valid_from = '2000-01-01'`,
    ]) {
      await expect(client.query(statement)).rejects.toThrow(/permission denied/);
    }
  } finally {
    await client.end();
  }
}
