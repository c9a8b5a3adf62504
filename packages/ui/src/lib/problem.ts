/** A refusal or failure as RFC 9457 tells it, in the reader's language already. */
export interface Problem {
  readonly title: string;
  readonly detail?: string;
  /** The stable code, for those who answer the telephone. */
  readonly code?: string;
  readonly status?: number;
  /** What is wrong with each field, row or record. */
  readonly errors?: readonly { readonly message: string }[] | undefined;
  /** The number to quote; it leads to the log entry. */
  readonly instance?: string;
}

/** Whether an answer's body can be shown as a problem. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value && typeof value.title === 'string';
}
