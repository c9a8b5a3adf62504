import { formatYuan } from '@bangfu/domain/shared/money';
import { z } from 'zod';
import { FIELD_WORDS, type FieldWords, POLICY_UNITS } from './field-words.ts';
import type { Policy } from './policy.ts';
import { defOf, fieldsOf } from './strict.ts';

/** A field of a policy as a form, a table and a page of reference show it; derived from its schema. */
export interface PolicyField {
  readonly name: string;
  readonly words: FieldWords;
  readonly kind: 'number' | 'choice' | 'text' | 'day' | 'group' | 'rows';
  /** Bounds of a number, in its unit as it is kept: fen and basis points. */
  readonly min: number;
  readonly max: number;
  /** May be left empty. */
  readonly isOptional: boolean;
  /** The fields of a group, or of each row of a list. */
  readonly fields: readonly PolicyField[];
}

/** What a schema is within optional, nullable and default. */
function within(schema: z.ZodType): { readonly schema: z.ZodType; readonly isOptional: boolean } {
  const def = defOf(schema);
  if (!def['innerType']) return { schema, isOptional: false };
  const inner = within(def['innerType'] as z.ZodType);
  return { schema: inner.schema, isOptional: inner.isOptional || def.type === 'nullable' };
}

/** Bounds of a number's schema. */
const boundsOf = (schema: z.ZodType) => {
  const { minValue, maxValue } = schema instanceof z.ZodNumber ? schema : {};
  return { min: minValue ?? 0, max: maxValue ?? Number.MAX_SAFE_INTEGER };
};

function fieldOf(name: string, outer: z.ZodType): PolicyField {
  const { schema, isOptional } = within(outer);
  const def = defOf(schema);
  const words = FIELD_WORDS.get(schema) ?? FIELD_WORDS.get(outer) ?? { zh: name, en: name };
  const common = { name, words, isOptional, ...boundsOf(schema) };
  switch (def.type) {
    case 'number':
      return { ...common, kind: 'number', fields: [] };
    case 'enum':
      return { ...common, kind: 'choice', fields: [] };
    case 'object':
      return { ...common, kind: 'group', fields: listFields(schema) };
    case 'array':
      return { ...common, kind: 'rows', fields: listFields(def['element'] as z.ZodType) };
    default:
      return { ...common, kind: def['format'] === 'date' ? 'day' : 'text', fields: [] };
  }
}

const listFields = (schema: z.ZodType): PolicyField[] =>
  Object.entries(fieldsOf(defOf(schema))).map(([name, field]) => fieldOf(name, field));

/** The fields of a policy in their order. */
export const policyFields = ({ schema }: Policy): readonly PolicyField[] => listFields(schema);

type Language = 'zh' | 'en';

/** A leaf of JSON as text. */
const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** A value of one field in words: 80 %, 10 000.00 yuan, 60 years of age, each month. */
export function formatField({ words, kind }: PolicyField, value: unknown, language: Language): string {
  if (value === null || value === undefined) return '—';
  if (kind === 'choice') return words.choices?.[plain(value)]?.[language] ?? plain(value);
  if (kind !== 'number' || typeof value !== 'number' || !words.unit) return plain(value);
  const unit = POLICY_UNITS[words.unit][language];
  if (words.unit === 'fen') return `${formatYuan(value)} ${unit}`;
  if (words.unit === 'basis-point') return `${value / 100}%`;
  return words.unit === 'percent' ? `${value}%` : `${value} ${unit}`;
}

/** One value of a policy with the label of its field; those of groups and rows one by one. */
export interface LabelledValue {
  readonly path: string;
  readonly label: string;
  readonly text: string;
}

const joined = (labels: readonly string[], language: Language) => labels.join(language === 'zh' ? ' · ' : ', ');

/** How a row of a list is named: by the words of its own. */
function rowLabel(row: Readonly<Record<string, unknown>>, at: number): string {
  const [name] = [row['name'], ...Object.values(row)].filter((each) => typeof each === 'string');
  return name ?? String(at + 1);
}

const shown = (fields: readonly PolicyField[]) => fields.filter(({ words }) => !words.isCode);

/** A value of a policy, field by field, in words. */
export function labelledValues(
  fields: readonly PolicyField[],
  value: unknown,
  language: Language,
  labels: readonly string[] = [],
): LabelledValue[] {
  const held = (value ?? {}) as Readonly<Record<string, unknown>>;
  return shown(fields).flatMap((field) => {
    const own = [...labels, field.words[language]];
    const part = held[field.name];
    if (field.kind === 'group') {
      return labelledValues(field.fields, part, language, own).map((each) => prefixed(field.name, each));
    }
    if (field.kind === 'rows') {
      return ((part ?? []) as Readonly<Record<string, unknown>>[]).flatMap((row, at) =>
        labelledValues(field.fields, row, language, [...own, rowLabel(row, at)]).map((each) =>
          prefixed(`${field.name}.${plain(Object.values(row)[0] ?? at + 1)}`, each),
        ),
      );
    }
    return [{ path: field.name, label: joined(own, language), text: formatField(field, part, language) }];
  });
}

const prefixed = (name: string, each: LabelledValue): LabelledValue => ({ ...each, path: `${name}.${each.path}` });

/** What a version changes, in words: fields by their labels, in the order of the form; what is gone comes last. */
export function labelledChanges(
  policy: Policy,
  changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[],
  language: Language,
): { readonly field: string; readonly before: string; readonly after: string }[] {
  const fields = policyFields(policy);
  return changes.flatMap(({ field, before, after }) => {
    const { label, leaf } = leafAt(fields, field.split('.'), language);
    if (leaf?.words.isCode) return [];
    const words = (value: unknown) => (leaf ? formatField(leaf, value, language) : plain(value ?? '—'));
    return [{ field: label, before: words(before), after: words(after) }];
  });
}

/** The label and declaration of the field at a path; a row's name within the path is shown as it is. */
function leafAt(
  fields: readonly PolicyField[],
  path: readonly string[],
  language: Language,
): { readonly label: string; readonly leaf: PolicyField | undefined } {
  const labels: string[] = [];
  let level = fields;
  let leaf: PolicyField | undefined;
  let isRow = false;
  for (const step of path) {
    const found: PolicyField | undefined = isRow ? undefined : level.find(({ name }) => name === step);
    labels.push(found ? found.words[language] : step);
    isRow = found?.kind === 'rows';
    if (found) [leaf, level] = [found, found.fields];
  }
  return { label: joined(labels, language), leaf: leaf?.fields.length ? undefined : leaf };
}
