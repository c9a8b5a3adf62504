import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FACT_COLUMNS, factColumns, REGISTER_SCHEMA, schemaWithFacts } from './facts.ts';

it('given the catalogue of facts, then what is made from it is up to date: run infra/generate/facts.ts', () => {
  const schema = readFileSync(REGISTER_SCHEMA, 'utf8');
  expect(schema).toBe(schemaWithFacts(schema));
  // However it is formatted.
  const bare = (text: string) => text.replace(/\s+/g, '').replaceAll(',}', '}');
  expect(bare(readFileSync(FACT_COLUMNS, 'utf8'))).toBe(bare(factColumns()));
});
