/** What a log line says of an error: all that says where and of what kind, nothing of what people typed. */
export interface ErrorFields {
  readonly type: string;
  readonly code?: string;
  readonly message?: string;
  /** Which table, column or rule of the database refused, and where in it. */
  readonly at?: Readonly<Record<string, string>>;
  readonly stack?: readonly string[];
  readonly cause?: ErrorFields;
}

/** Names of the database's structure; `detail`, `where`, `hint`, `internalQuery` and parameters hold values. */
const PLACES = ['schema', 'table', 'column', 'constraint', 'dataType', 'routine'] as const;
/** Data that was refused (22), a function's own words (P0): their messages repeat the value. */
const REPEATS_VALUE = /^(22|P0)/;
/** Errors whose messages print what they were given: the typed client its arguments, the parser its text. */
const PRINTS_INPUT = /^(Prisma|SyntaxError|ZodError)/;
const MOST_FRAMES = 12;
const DEEPEST = 4;

/** An error as it enters the log. */
export function errorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error };
  const fields = error as Error & Readonly<Record<string, unknown>>;
  const code = textOf(fields['code'] ?? fields['originalCode']);
  const places = PLACES.flatMap((name) => (textOf(fields[name]) ? [[name, textOf(fields[name])]] : []));
  const hidesMessage = PRINTS_INPUT.test(error.name) || REPEATS_VALUE.test(code ?? '') || 'kind' in error;
  const inner = innerOf(fields);
  return {
    type: error.name,
    ...(code && { code }),
    ...(!hidesMessage && { message: error.message }),
    ...(places.length > 0 && { at: Object.fromEntries(places) }),
    stack: framesOf(error),
    ...(inner !== undefined && depth < DEEPEST && { cause: errorFields(inner, depth + 1) }),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What an error was made of: its cause, the driver's error within the typed client's, the first of several. */
function innerOf(error: Error & Readonly<Record<string, unknown>>): unknown {
  const meta = error['meta'] as { driverAdapterError?: unknown } | undefined;
  const [first] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const inner = error.cause ?? meta?.driverAdapterError ?? first;
  return inner instanceof Error ? inner : undefined;
}

/** Where it was thrown, without the words above that repeat the message. */
const framesOf = ({ stack = '' }: Error): string[] =>
  stack
    .split('\n')
    .filter((line) => /^\s+at .*(:\d+:\d+\)?|\(<anonymous>\)|native\)?)$/.test(line))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim());

/** An address as it enters the log: which words were asked for, and not what was asked. */
export function urlForLog(url: string): string {
  const [path = '', query] = url.split('?', 2);
  if (!query) return path;
  const names = new Set(query.split('&').map((pair) => pair.split('=', 1)[0]));
  return `${path}?${[...names].join('&')}`;
}
