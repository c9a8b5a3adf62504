/** What is wrong with one field of the input, or one record of a batch, in a language or in each. */
export interface Fault {
  readonly path: string;
  readonly message: string | { readonly zh: string; readonly en: string };
}

/** A refusal that is not a rule of the domain: about the request, the caller or the record's version. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly errors: readonly Fault[] | undefined;
  readonly current: unknown;
  /** When it is worth asking again; the answer's Retry-After. */
  readonly retryAfterSeconds: number | undefined;

  /** @throws TypeError for a 429 that does not say when to come again */
  constructor(
    status: number,
    code: string,
    extra: {
      params?: Record<string, string | number>;
      errors?: readonly Fault[];
      current?: unknown;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(code);
    if (status === 429 && extra.retryAfterSeconds === undefined) {
      throw new TypeError(`${code} refuses by a limit and does not say when to come again`);
    }
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.params = extra.params ?? {};
    this.errors = extra.errors;
    this.current = extra.current;
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}

/** The record is unknown, or lies outside the caller's scope: both look alike (cli, fixed names). */
export const notFound = () => new Refusal(404, 'NOT_FOUND');
/** Someone else changed the record meanwhile; the answer carries what it is now. */
export const conflict = (current: unknown) => new Refusal(409, 'CHANGED_MEANWHILE', { current });
