/** A person's name for those who may not know him: all but the first character covered, 王**. */
export function maskName(name: string): string {
  return [...name].map((sign, at) => (at === 0 ? sign : '*')).join('');
}

/** Fields that always hold a villager's name. */
const NAME_FIELDS: ReadonlySet<string> = new Set(['headName', 'personName']);
/** What a record has beside `name` when it is a person's; a village, an entity or a helper has none of these. */
const PERSON_FIELDS = ['relation', 'birthDate', 'personId', 'idNumberMasked'] as const;

/**
 * An answer with every villager's name in it masked (roles: evaluators and auditors see households masked). Records
 * are known by their fields, so that a new list cannot forget it.
 */
export function maskPersons<T>(answer: T): T {
  if (Array.isArray(answer)) return answer.map((each) => maskPersons(each)) as T;
  if (typeof answer !== 'object' || answer === null || answer instanceof Date) return answer;
  const isPerson = PERSON_FIELDS.some((field) => field in answer);
  const masked = Object.entries(answer).map(([key, value]) => {
    const isName = NAME_FIELDS.has(key) || (key === 'name' && isPerson);
    if (isName && typeof value === 'string') return [key, maskName(value)];
    if (key === 'peopleMet') return [key, Array.isArray(value) ? value.map((each) => maskName(String(each))) : '***'];
    return [key, maskPersons(value)];
  });
  return Object.fromEntries(masked) as T;
}
