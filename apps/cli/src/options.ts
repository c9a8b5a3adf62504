import { readDay } from '@bangfu/domain/shared/time';
import { type Command, InvalidArgumentError } from 'commander';

const LEVEL_LENGTHS = [2, 4, 6, 9, 12];

/** A division code as people write it: 2, 4, 6, 9 or 12 digits, filled up to the 12 of the register. */
export function region(text: string): string {
  if (!/^\d+$/.test(text) || !LEVEL_LENGTHS.includes(text.length)) {
    throw new InvalidArgumentError('区划代码应为 2、4、6、9 或 12 位数字');
  }
  return text.padEnd(12, '0');
}

/** A county's code. */
export function county(text: string): string {
  const code = region(text);
  if (code.slice(4, 6) === '00' || !code.endsWith('000000'))
    throw new InvalidArgumentError('应为县级区划代码，如 211382');
  return code;
}

/** A day as `2026-03-01`. */
export function day(text: string): string {
  const read = readDay(text);
  if (!read) throw new InvalidArgumentError('应为日期，如 2026-03-01');
  return read;
}

/** An instant as `2026-03-01T08:00:00+08:00`, in the form that the platform takes. */
function instant(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('应为时刻，如 2026-03-01T08:00:00+08:00');
  return new Date(at).toISOString();
}

/** Which day is asked of, and what was known when. */
export interface TimesAsked {
  readonly asOf?: string;
  readonly knownAt?: string;
}

/** Gives a command the options of both times. */
export const withTimes = (command: Command): Command =>
  command.option('--as-of <DATE>', '某日的情况', day).option('--known-at <INSTANT>', '当时所知的情况', instant);

/** A whole number from `from` to `to`. */
export function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to)
      throw new InvalidArgumentError(`应为 ${from} 到 ${to} 的整数`);
    return value;
  };
}

/** The kinds of sheet that are written, by a file's ending. */
export function sheetKind(file: string): 'xlsx' | 'csv' {
  const ending = /\.(xlsx|csv)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending !== 'xlsx' && ending !== 'csv') throw new InvalidArgumentError('文件名应以 .xlsx 或 .csv 结尾');
  return ending;
}

/** A file that a sheet is written to. */
export function sheetFile(text: string): string {
  sheetKind(text);
  return text;
}
