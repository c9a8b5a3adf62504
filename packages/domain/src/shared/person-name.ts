/** A person's name for those who may not know him: all but the first character covered, 王**. */
export function maskName(name: string): string {
  return [...name].map((sign, at) => (at === 0 ? sign : '*')).join('');
}

/** Fields that always hold a villager's name, alone or several. */
const NAME_FIELDS: ReadonlySet<string> = new Set(['headName', 'personName', 'peopleMet']);
/**
 * What a record has beside `name` when it is a person's: a member, a candidate of a class, an entry of a notice, who
 * objects in a case. A village, an entity or a helper has none of these.
 */
const PERSON_FIELDS = ['relation', 'birthDate', 'personId', 'idNumberMasked', 'caseId'] as const;

type Fields = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Whether a record's field holds the name of a villager; `within` is the field the record itself stands in. */
function holdsName(key: string, record: Fields, within: string): boolean {
  if (NAME_FIELDS.has(key)) return true;
  if (key === 'by') return within === 'acknowledgement';
  return key === 'name' && PERSON_FIELDS.some((field) => field in record);
}

function* namesOf(answer: unknown, within = ''): Generator<string> {
  if (Array.isArray(answer)) for (const each of answer) yield* namesOf(each, within);
  if (!isRecord(answer)) return;
  for (const [key, value] of Object.entries(answer)) {
    if (holdsName(key, answer, within)) yield* [value].flat().map(String);
    else yield* namesOf(value, key);
  }
}

/** Finds any of the names in a text. Latin ones are left alone: they would stand within codes and other words. */
function anyOf(names: Iterable<string>): RegExp | null {
  const told = [...new Set(names)].filter((name) => name.length > 1 && /\P{ASCII}/u.test(name));
  if (told.length === 0) return null;
  // The longer first: one name may begin another.
  const longest = told.sort((a, b) => b.length - a.length).map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(longest.join('|'), 'gu');
}

function covered(value: unknown, names: RegExp | null, within: string): unknown {
  if (typeof value === 'string') return names ? value.replace(names, maskName) : value;
  if (Array.isArray(value)) return value.map((each) => covered(each, names, within));
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).map(([key, each]) => {
    if (!holdsName(key, value, within)) return [key, covered(each, names, key)];
    if (Array.isArray(each)) return [key, each.map((name) => maskName(String(name)))];
    return [key, typeof each === 'string' ? maskName(each) : each];
  });
  return Object.fromEntries(fields);
}

/**
 * An answer with every villager's name in it masked (roles: evaluators and auditors see households masked). Records
 * are known by their fields, so that a new list cannot forget it; the names so found, and those `known` beside them,
 * are masked in the answer's sentences too. Mask before sentences are built from a name that is no field of the answer.
 */
export function maskPersons<T>(answer: T, known: Iterable<string> = []): T {
  return covered(answer, anyOf([...namesOf(answer), ...known]), '') as T;
}
