import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { FIELD_WORDS } from './core/field-words.ts';
import { type PolicyField, policyFields } from './core/policy-fields.ts';
import { SERVICES } from './core/operation.ts';
import { defOf, fieldsOf, INNER_PARTS } from './core/strict.ts';
import { ALL_POLICIES } from './policies.ts';

const policies = ALL_POLICIES.flatMap((declared) => declared.policies);

/** The labels within a schema, missing ones by their paths. */
function unlabelled(schema: z.ZodType, path: string): string[] {
  const def = defOf(schema);
  const own = FIELD_WORDS.get(schema);
  if (def.type === 'object') {
    return Object.entries(fieldsOf(def)).flatMap(([name, field]) => unlabelled(field, `${path}.${name}`));
  }
  const inner = INNER_PARTS.flatMap((part) => (def[part] ? [def[part] as z.ZodType] : []));
  if (inner.length > 0) return inner.flatMap((part) => unlabelled(part, path));
  return own && own.zh !== '' && own.en !== '' ? [] : [path];
}

const flat = (fields: readonly PolicyField[]): PolicyField[] =>
  fields.flatMap((field) => (field.fields.length > 0 ? flat(field.fields) : [field]));

describe('given every policy of every service', () => {
  it('then its key names it alone, and its operations are of its service', () => {
    const keys = policies.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const declared of ALL_POLICIES) {
      expect(SERVICES).toContain(declared.listPolicies.owner);
      expect(declared.policies.map(({ service }) => service)).toEqual(
        declared.policies.map(() => declared.listPolicies.owner),
      );
    }
  });

  it.each(policies)('$key: then each field has a label, and each number a unit and bounds', (policy) => {
    expect(unlabelled(policy.schema, policy.key)).toEqual([]);
    for (const { name, kind, words, min, max } of flat(policyFields(policy))) {
      if (kind === 'number') expect([name, words.unit !== undefined, max > min]).toEqual([name, true, true]);
      if (kind === 'choice') expect([name, Object.keys(words.choices ?? {}).length > 1]).toEqual([name, true]);
    }
  });

  it.each(policies)('$key: then what is shipped has a document, and one version a division and day', (policy) => {
    const places = policy.seeds.flatMap(({ validFrom, regions = [''] }) =>
      regions.map((region) => `${region} ${validFrom}`),
    );
    expect(new Set(places).size).toBe(places.length);
    expect(policy.seeds.every(({ document }) => document.length > 1)).toBe(true);
  });
});
