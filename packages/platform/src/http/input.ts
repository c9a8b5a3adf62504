import { FIELD_WORDS } from '@bangfu/contracts/core/field-words';
import { defOf, fieldsOf, INNER_PARTS, SHAPE_WORDS } from '@bangfu/contracts/core/strict';
import { formatYuan } from '@bangfu/domain/shared/money';
import leven from 'leven';
import { core, type z } from 'zod';
import { fieldLabel } from './field-labels.ts';
import { INPUT_MESSAGES } from './input-messages.ts';
import { render } from './messages.ts';
import { Refusal } from './refusal.ts';

type Language = 'zh' | 'en';
type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Where an input is wrong, and what is wrong there, in the reader's language. */
export interface InputError {
  readonly path: string;
  readonly message: string;
}

/** More unknown names than these are not looked at one by one, and longer ones are shown by their beginning. */
const MOST_NAMES = 20;
const LONGEST_NAME = 60;
/** As many errors as one answer names; a person mends these first. */
const MOST_ERRORS = 100;

/** The schemas at one step below `schema`, through everything that wraps it. */
function below(schema: z.ZodType, step: PropertyKey): z.ZodType[] {
  return unwrapped(schema).flatMap((inner) => {
    const def = defOf(inner);
    if (def.type === 'object') {
      const field = fieldsOf(def)[String(step)];
      return field ? [field] : [];
    }
    const part = def['element'] ?? def['valueType'];
    return part ? [part as z.ZodType] : [];
  });
}

/** What a schema is within optional, nullable and the like; of a union each choice. */
function unwrapped(schema: z.ZodType): z.ZodType[] {
  const def = defOf(schema);
  if (Array.isArray(def['options'])) return (def['options'] as z.ZodType[]).flatMap(unwrapped);
  const inner = INNER_PARTS.filter((part) => part !== 'element' && part !== 'valueType' && def[part]);
  return inner.length > 0 ? inner.flatMap((part) => unwrapped(def[part] as z.ZodType)) : [schema];
}

function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  return path.reduce<z.ZodType[]>((found, step) => found.flatMap((each) => below(each, step)), [schema]);
}

/** The value at a path; undefined where the path ends early. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[step] : undefined,
    value,
  );
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The one of the known names that was probably meant: the same but for its writing, or at most two signs away. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((each) => ({ each, away: leven(plain(name), plain(each), { maxDistance: 3 }) }))
    .filter(({ each, away }) => away <= Math.min(2, Math.floor(each.length / 2)))
    .sort((one, other) => one.away - other.away);
  return best?.each;
}

function textOf(key: string, language: Language, params: Readonly<Record<string, string | number>> = {}): string {
  return render(INPUT_MESSAGES, key, params, language);
}

const isKnown = (key: string) => key in INPUT_MESSAGES;

/** The words for a bound: of how many signs, entries or units, and whether the bound itself is allowed. */
function boundWords(
  side: 'big' | 'small',
  issue: { origin: string; inclusive?: boolean | undefined; exact?: boolean | undefined },
  bound: number | bigint,
  language: Language,
): string {
  const limit = String(bound);
  const kind = issue.origin === 'string' || issue.origin === 'array' ? issue.origin : 'number';
  if (issue.exact) return textOf(`exact.${kind}`, language, { limit });
  const special = kind === 'number' ? issue.inclusive === false && 'open' : side === 'small' && limit === '1' && 'one';
  return textOf(`${side}.${kind}${special ? `.${special}` : ''}`, language, { limit });
}

/** The words for a bound of money, in yuan; null for other numbers. */
function moneyWords(side: 'big' | 'small', path: Path, fen: number | bigint, language: Language): string | null {
  return String(path.at(-1)).endsWith('Fen')
    ? textOf(`${side}.money`, language, { limit: formatYuan(Number(fen)) })
    : null;
}

/** The words of one issue that zod found, by its kind and its params only. */
function issueWords(issue: Issue, schema: z.ZodType, language: Language): string {
  switch (issue.code) {
    case 'invalid_type': {
      const key = `type.${issue.expected}`;
      return textOf(isKnown(key) ? key : 'type.other', language);
    }
    case 'too_big':
      return (
        moneyWords('big', issue.path, issue.maximum, language) ?? boundWords('big', issue, issue.maximum, language)
      );
    case 'too_small':
      return (
        moneyWords('small', issue.path, issue.minimum, language) ?? boundWords('small', issue, issue.minimum, language)
      );
    case 'custom':
      return textOf(issue.params?.['bound'] === 'day' ? 'bound.day' : 'other', language);
    case 'invalid_format': {
      const shape = schemasAt(schema, issue.path)
        .flatMap(unwrapped)
        .map((each) => SHAPE_WORDS.get(each));
      const words = issue.format === 'regex' ? shape.find(Boolean) : undefined;
      const key = `format.${issue.format}`;
      return words?.[language] ?? textOf(isKnown(key) ? key : 'format.other', language);
    }
    case 'not_multiple_of':
      return textOf('multiple', language, { limit: issue.divisor });
    case 'invalid_value':
    case 'invalid_union':
      return textOf('choice', language);
    case 'invalid_key':
    case 'invalid_element':
      return textOf('entry', language);
    default:
      return textOf('other', language);
  }
}

/** The names a group of fields knows at a place. */
function namesAt(schema: z.ZodType, path: Path): string[] {
  return schemasAt(schema, path)
    .flatMap(unwrapped)
    .flatMap((each) => (defOf(each).type === 'object' ? Object.keys(fieldsOf(defOf(each))) : []));
}

const pathText = (path: Path) => path.map(String).join('.');

/** The labels that the schemas on the way to a field have themselves, the groups' before its own. */
function ownLabels(schema: z.ZodType, path: Path, language: Language): string {
  const labels = path.flatMap((_, at) => {
    const [words] = schemasAt(schema, path.slice(0, at + 1)).flatMap((each) => FIELD_WORDS.get(each) ?? []);
    return words ? [words[language]] : [];
  });
  return labels.join(language === 'zh' ? '·' : ', ');
}

function labelled(schema: z.ZodType, path: Path, words: string, language: Language): string {
  const name = path.findLast((step) => typeof step === 'string');
  const own = ownLabels(schema, path, language);
  const label = own || (name === undefined ? undefined : fieldLabel(String(name), language));
  const entry = entryOf(path, language);
  if (language === 'zh') return [entry, label, words].filter(Boolean).join('：');
  return [entry && `${entry}:`, label, words].filter(Boolean).join(' ');
}

/** The entry of a list that is wrong, counted from 1; empty when the path is in no list. */
function entryOf(path: Path, language: Language): string {
  const at = path.find((step) => typeof step === 'number');
  return at === undefined ? '' : textOf('entryAt', language, { number: at + 1 });
}

/**
 * Says in the reader's language what zod found wrong: each unknown field by its name, with the one that was probably
 * meant; everything else under its field's label.
 */
export function inputErrors(
  schema: z.ZodType,
  value: unknown,
  issues: readonly Issue[],
  language: Language,
): InputError[] {
  return issues.slice(0, MOST_ERRORS).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = namesAt(schema, issue.path);
      return issue.keys.slice(0, MOST_NAMES).map((name) => unknownName(shortened(name), known, issue.path, language));
    }
    const missing = issue.path.length > 0 && valueAt(value, issue.path) === undefined;
    const words = missing ? textOf('missing', language) : issueWords(issue, schema, language);
    return [{ path: pathText(issue.path), message: labelled(schema, issue.path, words, language) }];
  });
}

const shortened = (name: string) => name.slice(0, LONGEST_NAME);

function unknownName(name: string, known: readonly string[], within: Path, language: Language): InputError {
  const near = nearest(name, known);
  const message = near ? textOf('near', language, { name, near }) : textOf('unknown', language, { name });
  return { path: pathText([...within, name]), message };
}

/** Whether PostgreSQL can store a text: without NUL and without half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** A value on the way through a request; its place is put together only where something is wrong. */
interface Visited {
  readonly value: unknown;
  readonly key: string;
  readonly parent: Visited | null;
}

function pathOf(visited: Visited): string[] {
  const path: string[] = [];
  for (let at = visited; at.parent; at = at.parent) path.push(at.key);
  return path.reverse();
}

/** The places of texts that no database takes, as many as one answer names. Any depth of nesting is walked. */
function findUnstorable(root: unknown): string[][] {
  const found: string[][] = [];
  const waiting: Visited[] = [{ value: root, key: '', parent: null }];
  for (let next = waiting.pop(); next && found.length < MOST_ERRORS; next = waiting.pop()) {
    const { value } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) found.push(pathOf(next));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) waiting.push({ value: each, key, parent: next });
    }
  }
  return found.reverse();
}

/** One part of a request, and what it must be: the parameters of its path, its words, its body. */
export interface InputPart {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** Parses a value; of very many issues only as many are made into errors as one answer names, unknown names first. */
function parsed(schema: z.ZodType, value: unknown): { data: unknown; issues: Issue[] } {
  const context = { async: false } as const;
  const result = schema._zod.run({ value, issues: [] }, context);
  if (result instanceof Promise) throw new Error('an input is checked at once');
  const isUnknown = ({ code }: z.core.$ZodRawIssue) => code === 'unrecognized_keys';
  const unknown = result.issues.filter(isUnknown).slice(0, MOST_NAMES);
  const others = result.issues.filter((issue) => !isUnknown(issue)).slice(0, MOST_ERRORS);
  return {
    data: result.value,
    issues: [...others, ...unknown].map((issue) => core.util.finalizeIssue(issue, context, core.config())),
  };
}

/** What is wrong in one part, and which names in it nobody knows. */
function faultsOf({ schema, value }: InputPart, issues: readonly Issue[], language: Language) {
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, MOST_NAMES + 1).map((name) => pathText([...issue.path, shortened(name)]))
      : [],
  );
  return { errors: inputErrors(schema, value, issues, language), unknown };
}

/**
 * Takes the parts of a request by their schemas; what is wrong in any of them is said at once.
 * @throws Refusal 400: INPUT_UNKNOWN with the names that the operation does not know, else INVALID_INPUT; both with the
 * error of each field
 */
export function takeInput(parts: readonly InputPart[], language: Language): unknown[] {
  const words = textOf('unstorable', language);
  const broken = parts.flatMap(({ schema, value }) => findUnstorable(value).map((path) => ({ schema, path })));
  if (broken.length > 0) {
    const errors = broken.map(({ schema, path }) => ({
      path: pathText(path),
      message: labelled(schema, path, words, language),
    }));
    throw new Refusal(400, 'INVALID_INPUT', { errors });
  }
  const taken = parts.map(({ schema, value }) => parsed(schema, value));
  const faults = taken.flatMap(({ issues }, at) => {
    const part = parts[at];
    return issues.length > 0 && part ? [faultsOf(part, issues, language)] : [];
  });
  if (faults.length === 0) return taken.map(({ data }) => data);
  const errors = faults.flatMap((each) => each.errors);
  const unknown = faults.flatMap((each) => each.unknown);
  if (unknown.length === 0) throw new Refusal(400, 'INVALID_INPUT', { errors });
  throw new Refusal(400, 'INPUT_UNKNOWN', { params: { names: namesText(unknown, language) }, errors });
}

/** Some names in a row, not more than a person reads. */
function namesText(names: readonly string[], language: Language): string {
  const shown = names.slice(0, MOST_NAMES).join(language === 'zh' ? '、' : ', ');
  return names.length > MOST_NAMES ? `${shown} …` : shown;
}

/**
 * The words of an address after its question mark. A word given twice would leave open which of the two is meant.
 * @throws Refusal 400 QUERY_REPEATED
 */
export function requireOnce(query: Readonly<Record<string, unknown>>, language: Language): void {
  const twice = Object.entries(query).flatMap(([name, value]) => (Array.isArray(value) ? [name] : []));
  if (twice.length === 0) return;
  const errors = twice
    .slice(0, MOST_NAMES)
    .map(shortened)
    .map((name) => ({ path: name, message: textOf('repeated', language, { name }) }));
  throw new Refusal(400, 'QUERY_REPEATED', { params: { names: namesText(twice.map(shortened), language) }, errors });
}
