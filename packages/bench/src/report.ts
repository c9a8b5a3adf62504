import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Figure, isMet, ratioOf } from './figure.ts';

const COLUMNS = ['id', 'what', 'figure', 'floor', 'ratio', 'target', 'met', 'note', 'machine', 'date'] as const;
const BEGIN = '<!-- figures: written by pnpm bench -->';
const END = '<!-- end of figures -->';

/** Where and when figures were taken; a machine is named by cores and memory only. */
export interface Taken {
  readonly machine: string;
  readonly date: string;
}

function shownNumber(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value
    .toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
    .replaceAll(',', ' ');
}

function targetText({ target, unit }: Figure): string {
  const limit = target.atMost ?? target.atLeast;
  if (limit === undefined) return '';
  const sign = target.atMost === undefined ? '≥' : '≤';
  return target.of === 'ratio' ? `${sign} ${limit} ×` : `${sign} ${limit} ${unit}`;
}

/** The cells of one figure's row, in the order of the table's columns. */
export function rowOf(figure: Figure, taken: Taken): string[] {
  const ratio = ratioOf(figure);
  return [
    figure.id,
    figure.what,
    `${shownNumber(figure.figure)} ${figure.unit}`,
    figure.floor === null ? '–' : `${shownNumber(figure.floor)} ${figure.unit}`,
    ratio === null ? '–' : `${ratio.toFixed(2)} ×`,
    targetText(figure),
    isMet(figure) ? 'yes' : 'no',
    figure.note ?? '',
    taken.machine,
    taken.date,
  ];
}

/** The figures as a table for a terminal. */
export function terminalTable(figures: readonly Figure[], taken: Taken): string {
  const shown = ['id', 'figure', 'floor', 'ratio', 'target', 'met', 'what'];
  const pick = (cells: readonly string[]) =>
    shown.map((column) => cells[COLUMNS.findIndex((each) => each === column)] ?? '');
  const rows = [shown, ...figures.map((figure) => pick(rowOf(figure, taken)))];
  const widths = shown.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const idOf = (row: string) => row.split('|')[1]?.trim() ?? '';
const inOrder = (a: string, b: string) => idOf(a).localeCompare(idOf(b), 'en', { numeric: true });

/** A page of benchmarks with the rows of these figures replaced or added; all other rows and text stay. */
export function withFigures(page: string, figures: readonly Figure[], taken: Taken): string {
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error('docs/benchmarks.md has lost the marks around its table');
  const kept = page
    .slice(begin + BEGIN.length, end)
    .split('\n')
    .filter((each) => each.startsWith('| B') && !figures.some((figure) => figure.id === idOf(each)));
  const rows = [...kept, ...figures.map((figure) => line(rowOf(figure, taken)))].sort(inOrder);
  const table = [line(COLUMNS), line(COLUMNS.map(() => '---')), ...rows].join('\n');
  return `${page.slice(0, begin)}${BEGIN}\n\n${table}\n\n${page.slice(end)}`;
}

/** The JSON of the last figures by id, the ones measured now replacing their predecessors. */
export function withLatest(json: string | null, figures: readonly Figure[], taken: Taken & { load: number }): string {
  const before = json === null ? {} : (JSON.parse(json) as Record<string, unknown>);
  const now = figures.map((figure) => [figure.id, { ...figure, ratio: ratioOf(figure), met: isMet(figure), ...taken }]);
  return `${JSON.stringify({ ...before, ...Object.fromEntries(now) }, null, 2)}\n`;
}

/** Writes what `change` makes of a file's text; `null` when there is none yet. */
export function rewrite(path: string, change: (text: string | null) => string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, change(existsSync(path) ? readFileSync(path, 'utf8') : null));
}
