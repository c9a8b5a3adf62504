import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// By their paths, as the pages of docs/ are made: packages may not need one another in a circle.
import { columnName, FACTS, SQL_TYPES } from '../../packages/domain/src/identification/facts/catalogue.ts';
import type { Fact } from '../../packages/domain/src/identification/facts/fact.ts';
import { columnsBringing } from '../../packages/domain/src/identification/roster/columns.ts';
import { ROOT } from '../local/options.ts';

/** The schema of the register, whose fields of facts are made out of the catalogue. */
export const REGISTER_SCHEMA = join(ROOT, 'apps/identification-service/prisma/schema.prisma');

type SqlType = (typeof SQL_TYPES)[keyof typeof SQL_TYPES];
const FIELD_TYPES: Readonly<Record<SqlType, { readonly type: string; readonly attribute?: string }>> = {
  text: { type: 'String?' },
  bytea: { type: 'Bytes?' },
  'text[]': { type: 'String[]', attribute: '@default([])' },
  boolean: { type: 'Boolean?' },
  date: { type: 'DateTime?', attribute: '@db.Date' },
  integer: { type: 'Int?' },
  bigint: { type: 'BigInt?' },
  'double precision': { type: 'Float?' },
};

const BLOCK = /( *)\/\/ facts of a (household|person): made from the catalogue\n[^]*?\n *\/\/ end of facts\n/g;

/** A field of the schema. */
function field(key: string, fact: Fact): string {
  const { type, attribute } = FIELD_TYPES[SQL_TYPES[fact.kind.name]];
  const column = columnName(key, fact);
  const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const day = type === 'DateTime?' ? '  /// @kyselyType(string)\n' : '';
  const map = name === column ? '' : ` @map("${column}")`;
  return `${day}  ${name} ${type}${map}${attribute ? ` ${attribute}` : ''}`;
}

/** The fields of all facts of a subject that its model does not have by itself. */
function fieldsOf(subject: 'household' | 'person', own: ReadonlySet<string>): string {
  return Object.entries<Fact>(FACTS[subject])
    .filter(([key, fact]) => fact.kind.name !== 'region' && !own.has(columnName(key, fact)))
    .map(([key, fact]) => field(key, fact))
    .join('\n');
}

/** The columns that a model names outside of its facts. */
function ownColumns(model: string): Set<string> {
  const lines = model.replace(BLOCK, '').split('\n');
  return new Set(lines.map((line) => /@map\("(\w+)"\)/.exec(line)?.[1] ?? /^ {2}(\w+)/.exec(line)?.[1] ?? ''));
}

/** The schema with its fields of facts as the catalogue has them. */
export function schemaWithFacts(schema: string): string {
  return schema.replace(/^model [^]*?^\}/gm, (model) =>
    model.replace(BLOCK, (_, indent: string, subject: 'household' | 'person') => {
      const fields = fieldsOf(subject, ownColumns(model));
      return `${indent}// facts of a ${subject}: made from the catalogue\n${fields}\n${indent}// end of facts\n`;
    }),
  );
}

/** The list of the facts' columns that the register's statements are made of. */
export const FACT_COLUMNS = join(ROOT, 'apps/identification-service/src/register/fact-columns.ts');

function columnsOf(subject: 'household' | 'person'): string {
  return Object.entries<Fact>(FACTS[subject])
    .filter(([, { kind, derived }]) => !(kind.name === 'region' && derived))
    .map(([key, fact]) => {
      const from = columnsBringing(key)
        .map((each) => `'${each}'`)
        .join(', ');
      return `  { key: '${key}', column: '${columnName(key, fact)}', type: '${SQL_TYPES[fact.kind.name]}', from: [${from}] },\n`;
    })
    .join('');
}

/** The list as the catalogue has it. */
export function factColumns(): string {
  return `// Made from the catalogue of facts by infra/generate/facts.ts.

/** A column of a fact: how PostgreSQL types it, and by which columns of a roster it is brought. */
export const HOUSEHOLD_FACT_COLUMNS = [
${columnsOf('household')}] as const;

export const PERSON_FACT_COLUMNS = [
${columnsOf('person')}] as const;
`;
}

if (import.meta.main) {
  writeFileSync(REGISTER_SCHEMA, schemaWithFacts(readFileSync(REGISTER_SCHEMA, 'utf8')));
  writeFileSync(FACT_COLUMNS, factColumns());
}
