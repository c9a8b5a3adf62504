import { addDays, type BusinessDay } from './time.ts';

/** Calendar days within which each kind of work is done, as they are in force on any day: versions of a policy. */
export interface Deadlines<Kind extends string> {
  /** @throws DomainError POLICY_NONE before the first version */
  on(day: BusinessDay): { readonly value: Readonly<Record<Kind, number>> };
}

/**
 * The last day for a piece of work that began to wait on a day (Asia/Shanghai), by the version in force on that day.
 * @throws DomainError POLICY_NONE before the first version
 */
export const workDue = <Kind extends string>(deadlines: Deadlines<Kind>, kind: Kind, since: BusinessDay): BusinessDay =>
  addDays(since, deadlines.on(since).value[kind]);
