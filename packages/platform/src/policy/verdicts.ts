/** A column that keeps by which version of a policy the rows of a table were decided. */
export interface Verdicts {
  readonly table: string;
  readonly column: string;
  /** The day of the decision, as SQL over a row `t`. */
  readonly day: string;
  /** Which rows are decided by the policy, as SQL over a row `t`; all when absent. */
  readonly where?: string;
  /** A row may be decided without a version: the policy had none on that day. */
  readonly mayLack?: true;
}

/** For each policy of a service, by its key: where what is decided by it is kept, or why nothing of it is. */
export type PolicyUses = Readonly<Record<string, readonly Verdicts[] | string>>;

/** The Shanghai day of an instant's column or expression. */
export const dayOfInstant = (instant: string): string => `(${instant} AT TIME ZONE 'Asia/Shanghai')::date`;
