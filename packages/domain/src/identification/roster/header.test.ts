import { describe, expect, it } from 'vitest';
import { DomainError } from '../../shared/errors.ts';
import { COLUMN_KEYS, columnFacts, columnOf } from './columns.ts';
import { columnProblems, findHeader, getHeader, type SourceRow } from './header.ts';
import { rowCounter } from '../../shared/table-rows.ts';
import { rowKind } from './rows.ts';

const REQUIRED = ['乡(镇)', '行政村', '户编号', '姓名', '证件号码', '与户主关系'];

function line(number: number, ...texts: (string | null)[]): SourceRow {
  return { number, cells: texts.map((text) => (text === null ? undefined : { text, kind: 'text' })) };
}

describe('columns', () => {
  it('given every header and synonym then it means its own column', () => {
    for (const key of COLUMN_KEYS) {
      const { header, synonyms } = columnFacts(key);
      for (const text of [header, ...synonyms]) expect(columnOf(` ${text} `)).toBe(key);
    }
    expect(columnOf('备注栏二')).toBeNull();
  });
});

describe('findHeader', () => {
  it('given title rows above and columns in another order then the header is found and laid out', () => {
    const header = getHeader([line(1, '花名册'), line(3, '备注（二）', ...REQUIRED.toReversed(), '务工时间（月）')]);
    expect(header.row).toBe(3);
    expect(header.at.township).toBe(6);
    expect(header.at.county).toBe(-1);
    expect(header.unknown).toEqual([{ index: 0, header: '备注（二）' }]);
    expect(columnProblems('表', header)).toMatchObject([
      { sheet: '表', row: 3, column: '备注（二）', code: 'COLUMN_UNKNOWN', severity: 'warning', household: null },
    ]);
  });

  it('given a header of two lines then both are read as one', () => {
    const header = getHeader([
      line(1, '地址', null, '基本情况', null, null, null, '务工'),
      line(2, ...REQUIRED, '时间(月)'),
      line(3, '甲镇', '乙村', '1', '王一', '2', '户主', '3'),
    ]);
    expect([header.row, header.lastRow]).toEqual([1, 2]);
    expect(header.at.workMonths).toBe(6);
    expect(header.unknown).toEqual([]);
  });

  it('given a known column twice then the second is reported, not read', () => {
    const header = getHeader([line(1, ...REQUIRED, '姓名')]);
    expect(header.at.name).toBe(3);
    expect(header.unknown).toEqual([{ index: 6, header: '姓名' }]);
  });

  it('given a required column is missing then the file is no roster and the column is named', () => {
    const rows = [line(1, ...REQUIRED.filter((text) => text !== '证件号码'))];
    expect(findHeader(rows)).toBeNull();
    expect(() => getHeader(rows)).toThrow(DomainError);
    expect(() => getHeader(rows)).toThrow('NOT_A_ROSTER');
    try {
      getHeader(rows);
    } catch (error) {
      expect((error as DomainError).params).toEqual({ missing: '证件号码' });
    }
  });
});

describe('rows under the header', () => {
  const header = getHeader([line(2, ...REQUIRED)]);
  const data = line(3, '甲镇', '乙村', '1', '王一', '211', '户主');

  it('given each kind of row then it is told', () => {
    expect(rowKind(header, data.cells)).toBe('data');
    expect(rowKind(header, line(4, ' ', '\u200b', null).cells)).toBe('blank');
    expect(rowKind(header, [undefined, { text: '乙村', kind: 'text', merged: true }])).toBe('blank');
    expect(rowKind(header, line(5, null, '\t小计', '1').cells)).toBe('totals');
    expect(rowKind(header, line(5, '甲镇', '合计', '1').cells)).toBe('data');
    expect(rowKind(header, line(6, '乡 (镇)', '行政村', '户编号', '姓名', '证件号码', '与户主关系').cells)).toBe(
      'header',
    );
  });

  it('given gaps, totals and blank rows then the counts are those of the formats page', () => {
    const counter = rowCounter(header);
    counter.take(3, 'data');
    counter.take(6, 'data');
    counter.take(7, 'blank');
    counter.take(8, 'totals');
    counter.take(9, 'blank');
    expect(counter.counts()).toEqual({ dataRows: 2, skippedRows: 1 + 2 + 1 + 1 });
  });
});
