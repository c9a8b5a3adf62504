import type { LocalCode } from './messages.ts';

/** A refusal by the command line itself. Exit 1 unless the usage or a setting was wrong, then 2. */
export class CliError extends Error {
  readonly code: LocalCode;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: LocalCode, params: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'CliError';
    this.code = code;
    this.params = params;
  }
}

/** Wrong usage: exit 2. */
export function usage(reason: string): CliError {
  return new CliError('USAGE', { reason });
}
