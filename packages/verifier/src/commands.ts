import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readFrame, STRATA } from './frame.ts';
import { readDesign, readPublished } from './published.ts';
import { drawSample } from './sample.ts';
import {
  makeKey,
  openSigned,
  readPrivateKey,
  seedCommitment,
  SIGNED_KINDS,
  sha256Hex,
  signFile,
} from './signed-file.ts';

export const USAGE = `bangfu-verify <command>

  frame FILE                       hash and count a downloaded frame
  sample FRAME --published FILE    draw the sample again and compare it with what is published
         [--evaluation ID] [--out CSV]
  sample FRAME --design FILE --seed TEXT [--out CSV]
  keygen --out FILE                make a signing key; prints the fingerprint to be registered
  seed --out FILE                  make a seed of your own; prints the commitment for the plan
  sign FILE --key FILE --evaluation ID [--kind returns|seed] [--out FILE]
  check FILE [--fingerprint HEX] [--evaluation ID]
`;

/** A wrong call; answered with the usage. */
export class UsageError extends Error {}

const OPTIONS = {
  published: { type: 'string' },
  design: { type: 'string' },
  seed: { type: 'string' },
  evaluation: { type: 'string' },
  out: { type: 'string' },
  key: { type: 'string' },
  kind: { type: 'string' },
  fingerprint: { type: 'string' },
} as const;
type Values = { readonly [Option in keyof typeof OPTIONS]?: string | undefined };

/** What a command prints, line by line, and whether everything agreed. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly holds: boolean;
}

type Command = (file: string, values: Values) => Outcome;

const COMMANDS: Readonly<Record<string, Command>> = { frame, sample, keygen, seed, sign, check };
/** The commands that make a file and read none. */
const WITHOUT_FILE = new Set(['keygen', 'seed']);

/** Runs one command. @throws UsageError for a wrong call, Error saying what is wrong with a file */
export function run(args: readonly string[]): Outcome {
  const [name = '', ...rest] = args;
  const command = COMMANDS[name];
  if (!command) throw new UsageError(`no command ${name}`);
  const { values, positionals } = parsed(rest);
  if (positionals.length !== (WITHOUT_FILE.has(name) ? 0 : 1)) throw new UsageError(`${name}: which file?`);
  return command(positionals[0] ?? '', values);
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function needed(values: Values, option: keyof Values): string {
  const value = values[option];
  if (!value) throw new UsageError(`--${option} is missing`);
  return value;
}

const agreement = (what: string, holds: boolean): string => `${what}: ${holds ? 'holds' : 'DOES NOT HOLD'}`;

function frame(file: string): Outcome {
  const { date, hash, rows } = readFrame(readFileSync(file));
  const persons = rows.reduce((sum, row) => sum + row.persons, 0);
  const strata = STRATA.map((each) => `${each}: ${rows.filter((row) => row.stratum === each).length} households`);
  return {
    lines: [`date: ${date}`, `hash: ${hash}`, `households: ${rows.length}`, `persons: ${persons}`, ...strata],
    holds: true,
  };
}

function sample(file: string, values: Values): Outcome {
  const read = readFrame(readFileSync(file));
  const published = values.published
    ? readPublished(readFileSync(values.published, 'utf8'), { id: values.evaluation, frameHash: read.hash })
    : null;
  const design = published?.design ?? readDesign(JSON.parse(readFileSync(needed(values, 'design'), 'utf8')));
  const seedText = published?.seed ?? needed(values, 'seed');
  const drawn = drawSample(read, design, seedText);
  const checks: [string, boolean][] = published
    ? [
        ['frame as published', published.frameHash === read.hash],
        ...(published.commitment === null
          ? []
          : [['seed as committed', seedCommitment(seedText) === published.commitment] as [string, boolean]]),
        ...(published.sampleHash === null
          ? []
          : [['sample as published', published.sampleHash === drawn.hash] as [string, boolean]]),
      ]
    : [];
  if (values.out) writeFileSync(values.out, csvOf(drawn.rows));
  const households = drawn.rows.filter((row) => row.role === 'sample').length;
  return {
    lines: [
      `frame: ${read.hash}`,
      `villages: ${drawn.villages.map(({ village, of, in: all }) => `${village} (${of}/${all})`).join(', ')}`,
      `households: ${households}`,
      `replacements: ${drawn.rows.length - households}`,
      `sample: ${drawn.hash}`,
      ...checks.map(([what, holds]) => agreement(what, holds)),
    ],
    holds: checks.every(([, holds]) => holds),
  };
}

const CSV_COLUMNS = ['village', 'stratum', 'role', 'position', 'householdNumber', 'weight'] as const;

function csvOf(rows: readonly Readonly<Record<(typeof CSV_COLUMNS)[number], string | number>>[]): string {
  return [CSV_COLUMNS, ...rows.map((row) => CSV_COLUMNS.map((column) => row[column]))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

/** Only the owner may read a key or a seed; an existing file is never written over. */
const SECRET = { mode: 0o600, flag: 'wx' } as const;

function keygen(_file: string, values: Values): Outcome {
  const { privatePem, fingerprint } = makeKey();
  writeFileSync(needed(values, 'out'), privatePem, SECRET);
  return { lines: [`fingerprint: ${fingerprint}`], holds: true };
}

function seed(_file: string, values: Values): Outcome {
  const text = randomBytes(24).toString('hex');
  writeFileSync(needed(values, 'out'), text, SECRET);
  return { lines: [`commitment: ${seedCommitment(text)}`], holds: true };
}

function sign(file: string, values: Values): Outcome {
  const key = readPrivateKey(readFileSync(needed(values, 'key'), 'utf8'));
  const kind = SIGNED_KINDS.find((each) => each === (values.kind ?? 'returns'));
  if (!kind) throw new UsageError(`--kind is ${SIGNED_KINDS.join(' or ')}`);
  const about = { evaluation: needed(values, 'evaluation'), kind, name: basename(file), signedAt: new Date() };
  const signed = signFile(key, about, readFileSync(file));
  const out = values.out ?? `${file}.signed.zip`;
  writeFileSync(out, signed, { flag: 'wx' });
  return { lines: [...described(signed), `written: ${out}`], holds: true };
}

function check(file: string, values: Values): Outcome {
  const archive = readFileSync(file);
  const { statement, fingerprint } = openSigned(archive);
  const checks: [string, boolean][] = [
    ['signature', true],
    ...(values.fingerprint ? [['signer', values.fingerprint === fingerprint] as [string, boolean]] : []),
    ...(values.evaluation ? [['evaluation', values.evaluation === statement.evaluation] as [string, boolean]] : []),
  ];
  return {
    lines: [...described(archive), ...checks.map(([what, holds]) => agreement(what, holds))],
    holds: checks.every(([, holds]) => holds),
  };
}

function described(archive: Buffer): string[] {
  const { statement, fingerprint } = openSigned(archive);
  return [
    `file: ${statement.file}`,
    `kind: ${statement.kind}`,
    `evaluation: ${statement.evaluation}`,
    `signed at: ${statement.signedAt}`,
    `fingerprint: ${fingerprint}`,
    `hash of the file: ${statement.sha256}`,
    `hash of the signed file: ${sha256Hex(archive)}`,
  ];
}
