import { type Fen, fen } from '../../shared/money.ts';

/** Which threshold a line is: the national or a province's poverty line, or the yearly monitoring line. */
export type LineKind = 'national' | 'provincial' | 'monitoring';

/** A poverty or monitoring line: policy data, per person and year in fen at current prices (domain §3). */
export interface PolicyLine {
  /** Prefix of the division code it holds in (`21` a province, `211382` a county); absent = the whole country. */
  readonly region?: string;
  readonly year: number;
  readonly kind: LineKind;
  readonly amountFen: Fen;
  /** The document it was set by. */
  readonly document: string;
}

const NATIONAL: readonly (readonly [year: number, yuan: number])[] = [
  [2010, 2300],
  [2011, 2536],
  [2012, 2625],
  [2013, 2736],
  [2014, 2800],
  [2015, 2855],
  [2016, 2952],
];

/** The lines shipped with the product; counties add theirs as rows. */
export const DEFAULT_LINES: readonly PolicyLine[] = [
  ...NATIONAL.map(
    ([year, yuan]): PolicyLine => ({
      year,
      kind: 'national',
      amountFen: fen(yuan * 100),
      document: `国家农村扶贫标准（${year}年现价）`,
    }),
  ),
  { region: '21', year: 2016, kind: 'provincial', amountFen: fen(308_000), document: '辽宁省扶贫标准' },
  { region: '61', year: 2016, kind: 'provincial', amountFen: fen(307_000), document: '陕西省扶贫标准' },
  { year: 2023, kind: 'monitoring', amountFen: fen(730_000), document: '2023年防止返贫监测范围' },
];

const POVERTY: readonly LineKind[] = ['national', 'provincial'];

/** The line of the nearest division among those given: county before province before nation. */
const nearest = (lines: readonly PolicyLine[], county: string, kinds: readonly LineKind[]): PolicyLine | null =>
  lines
    .filter((line) => kinds.includes(line.kind) && county.startsWith(line.region ?? ''))
    .toSorted((a, b) => (b.region ?? '').length - (a.region ?? '').length)[0] ?? null;

const ofYear = (lines: readonly PolicyLine[], year: number) => lines.filter((line) => line.year === year);

/**
 * The poverty line of a county in a year, of the nearest division that set one for that year.
 * @returns null for a year without a line of its own: the last one known is never used in silence (domain §3)
 */
export function povertyLine(lines: readonly PolicyLine[], county: string, year: number): PolicyLine | null {
  return nearest(ofYear(lines, year), county, POVERTY);
}

/** The last poverty line set up to a year, for whoever names its year beside it. @returns null before the first. */
export function lastPovertyLine(lines: readonly PolicyLine[], county: string, year: number): PolicyLine | null {
  const years = lines.filter((line) => line.year <= year && POVERTY.includes(line.kind)).map((line) => line.year);
  return years.length === 0 ? null : povertyLine(lines, county, Math.max(...years));
}

/** The monitoring line of a county in a year. @returns null for a year without one of its own */
export function monitoringLine(lines: readonly PolicyLine[], county: string, year: number): PolicyLine | null {
  return nearest(ofYear(lines, year), county, ['monitoring']);
}
