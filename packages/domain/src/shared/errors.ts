/**
 * A refusal by a rule of the domain. The code is stable and travels to the client, where it is rendered in the
 * reader's language; `params` fill the text. Never holds sensitive data.
 */
export class DomainError extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.name = 'DomainError';
    this.code = code;
    this.params = params;
  }
}

/** Throws the refusal `code` unless the condition holds. */
export function demand(
  condition: unknown,
  code: string,
  params?: Readonly<Record<string, string | number>>,
): asserts condition {
  if (!condition) throw new DomainError(code, params);
}

/** A refusal as it is shown beside others instead of ending an act. */
export interface Refusal {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What a rule refuses; null when it lets pass. Other errors go on. */
export function refusalOf(rule: () => unknown): Refusal | null {
  try {
    rule();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, params: error.params };
    throw error;
  }
}
