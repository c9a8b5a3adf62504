export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const said = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : JSON.stringify(value);

/**
 * An entry's change field by field. An entry of the form before/after is laid side by side, leaving out what stayed;
 * any other is told as what is now.
 */
export function fieldChanges(change: unknown): FieldChange[] {
  const isPair = isRecord(change) && ('before' in change || 'after' in change);
  const before = isPair ? change['before'] : undefined;
  const after = isPair ? change['after'] : change;
  const isPlain = !isRecord(before) && !isRecord(after);
  const changes = isPlain
    ? [{ field: '', before: said(before), after: said(after) }]
    : [...new Set([...fieldsOf(before), ...fieldsOf(after)])].map((field) => ({
        field,
        before: valueOf(before, field),
        after: valueOf(after, field),
      }));
  return changes.filter((each) => each.before !== each.after);
}

const fieldsOf = (side: unknown): string[] => (isRecord(side) ? Object.keys(side) : []);
const valueOf = (side: unknown, field: string): string | null => (isRecord(side) ? said(side[field]) : null);
