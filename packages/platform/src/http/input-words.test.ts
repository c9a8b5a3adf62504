import { ALL_OPERATIONS } from '@bangfu/contracts/all';
import { defOf, fieldsOf, INNER_PARTS, SHAPE_WORDS } from '@bangfu/contracts/core/strict';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inputErrors } from './input.ts';

/** Values that are wrong somewhere, one for each way to be wrong. */
const WRONG: readonly unknown[] = [
  undefined,
  null,
  '',
  'zzz',
  '2026-02-30',
  'x'.repeat(20_000),
  -1e9,
  1e15,
  1.5,
  true,
  [],
  Array.from({ length: 2001 }, () => null),
  {},
  { zzz: 1 },
];

/** Whatever a person must not be shown: letters of the program in Chinese, and patterns in either language. */
const PATTERN = /[\\^$*|{}[\]]|regex|pattern|zod|expected|invalid/i;

function wordsOf(schema: z.ZodType, value: unknown) {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const say = (language: 'zh' | 'en') => inputErrors(schema, value, issues, language).map(({ message }) => message);
  return { zh: say('zh'), en: say('en') };
}

function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const { zh, en } = wordsOf(schema, value);
  return [
    ...zh.filter((text) => /[A-Za-z]/.test(text.replace(/“[^”]*”/g, '')) || PATTERN.test(text) || text === ''),
    ...en.filter((text) => /\p{Script=Han}/u.test(text) || PATTERN.test(text) || text === ''),
  ];
}

/** Every schema within a schema, itself among them, under its field's name as an input would give it. */
function nodesOf(schema: z.ZodType, field = 'zzz'): { field: string; schema: z.ZodType }[] {
  const def = defOf(schema);
  const here = { field, schema };
  if (def.type === 'object') {
    return [here, ...Object.entries(fieldsOf(def)).flatMap(([name, each]) => nodesOf(each, name))];
  }
  const inner = [...INNER_PARTS.flatMap((part) => def[part] ?? []), ...((def['options'] as unknown[]) ?? [])];
  return [here, ...inner.flatMap((each) => nodesOf(each as z.ZodType, field))];
}

/** What a schema demands, so that those alike are tried once. */
const describedBy = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

const NODES = ALL_OPERATIONS.flatMap((op) =>
  [op.params, op.query, op.body].flatMap((part) => (part ? nodesOf(part).map((node) => ({ op: op.id, ...node })) : [])),
);

describe('given every field of every operation', () => {
  it('when it is wrong in any way, then both languages say so in words', () => {
    const once = new Map(
      NODES.map((node) => [`${node.field} ${JSON.stringify(describedBy(node.schema))}`, node] as const),
    );
    const faults = new Set<string>();
    const codes = new Set<string>();
    for (const { op, field, schema } of once.values()) {
      const alone = z.strictObject({ [field]: schema });
      for (const value of WRONG) {
        const input = value === undefined ? {} : { [field]: value };
        for (const text of faultsOf(alone, input)) faults.add(`${op} ${field}: ${text}`);
        for (const { code } of alone.safeParse(input).error?.issues ?? []) codes.add(code);
      }
    }
    expect([...faults]).toEqual([]);
    expect(codes.size).toBeGreaterThanOrEqual(6);
  });

  it('when its text must follow a pattern, then the contract has words for it', () => {
    const bare = NODES.filter(({ schema }) => {
      const checks = (defOf(schema)['checks'] ?? []) as { _zod: { def: { format?: string } } }[];
      return checks.some((check) => check._zod.def.format === 'regex') && !SHAPE_WORDS.has(schema);
    });
    expect(bare.map(({ op, field }) => `${op} ${field}`)).toEqual([]);
  });
});

describe('given kinds of rules that no operation has yet', () => {
  it.each([
    ['a multiple', z.number().multipleOf(5), 7],
    ['an exact length', z.string().length(3), 'ab'],
    ['an e-mail', z.email(), 'x'],
    ['an address', z.url(), 'x'],
    ['an IP address', z.ipv4(), 'x'],
    ['a beginning', z.string().startsWith('bf-'), 'x'],
    ['a pattern without words', z.string().regex(/^[a-z]+$/), '1'],
    ['a key', z.record(z.string().regex(/^a$/), z.number()), { b: 1 }],
    ['a date object', z.date(), 'x'],
    ['a tuple', z.tuple([z.string()]), 1],
    ['a choice of kinds', z.union([z.string(), z.number()]), true],
    ['a rule of its own', z.string().refine((text) => text === 'pattern'), 'x'],
    ['a big integer', z.bigint().min(5n), 1n],
    ['a set', z.set(z.string()).min(1), new Set()],
    ['nothing', z.never(), 1],
  ])('when %s is broken, then it is said in words', (_kind, schema, value) => {
    const alone = z.strictObject({ field: schema });
    expect(wordsOf(alone, { field: value }).zh).toHaveLength(1);
    expect(faultsOf(alone, { field: value })).toEqual([]);
  });
});

describe('given a list of entries of which some are wrong', () => {
  const schema = z.object({ results: z.array(z.object({ mark: z.int().max(100), on: z.iso.date() })) });
  const good = { mark: 80, on: '2026-06-01' };

  it('when it is refused, then each wrong entry is named by its place, as people count', () => {
    const { zh, en } = wordsOf(schema, {
      results: [good, { ...good, mark: 101 }, good, { ...good, on: '2026-02-30' }],
    });
    expect(zh).toEqual([
      expect.stringMatching(/^第 2 项：.*不能大于 100$/),
      expect.stringMatching(/^第 4 项：.*真实存在的日期/),
    ]);
    expect(en).toEqual([
      expect.stringMatching(/^entry 2: .*at most 100$/),
      expect.stringMatching(/^entry 4: .*real date/),
    ]);
  });
});
