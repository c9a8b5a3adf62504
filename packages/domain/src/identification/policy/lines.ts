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

const best = (lines: readonly PolicyLine[], county: string, year: number, kinds: readonly LineKind[]) => {
  let found: PolicyLine | null = null;
  for (const line of lines) {
    if (line.year > year || !kinds.includes(line.kind) || !county.startsWith(line.region ?? '')) continue;
    const nearer = (line.region ?? '').length - (found?.region ?? '').length;
    if (!found || nearer > 0 || (nearer === 0 && line.year > found.year)) found = line;
  }
  return found;
};

/**
 * The poverty line of a county in a year: the row of the nearest division (county before province before nation), of
 * that year or the last one set before it.
 * @returns null when none was in force yet.
 */
export function povertyLine(lines: readonly PolicyLine[], county: string, year: number): PolicyLine | null {
  return best(lines, county, year, ['national', 'provincial']);
}

/** The monitoring line of a county in a year, found as `povertyLine` finds its own. @returns null before the first. */
export function monitoringLine(lines: readonly PolicyLine[], county: string, year: number): PolicyLine | null {
  return best(lines, county, year, ['monitoring']);
}
