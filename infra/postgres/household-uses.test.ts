import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
// By its path, like the table of events.
import { FRAME_USE, HOUSEHOLD_USES } from '../../packages/events/src/catalog/uses.ts';
import { DATABASES, type DatabaseName, prismaFolder } from './databases.ts';

/**
 * Each table that names a household of the register: the use of the events' catalogue that keeps an import from being
 * undone under it, or why it needs none. A new table fails the test until it is here.
 */
const TABLES: Readonly<Record<string, string | { readonly none: string }>> = {
  'pairing.pairing_link': 'pairing',
  'pairing.pairing_reversal': { none: 'of a pairing, which is one use already' },
  'pairing.plan_placement': { none: 'a proposal, judged again before it becomes a pairing' },
  'pairing.visit': 'visit',
  'industry.contract_household': 'contract',
  'industry.contract_end': { none: 'only of a household on a contract' },
  'industry.account_change': { none: 'only of a household on a contract' },
  'industry.dividend_line': { none: 'only of a household on a contract' },
  'industry.dividend_payment': { none: 'only of a line of a household on a contract; income evidence besides' },
  'industry.dividend_return': { none: 'only of a payment' },
  'industry.dividend_claim': { none: 'only of a household that had a payment' },
  'training.enrolment': 'enrolment',
  'training.certificate': 'certificate',
  'evaluation.frame_row': 'frame',
};

type Owner = Exclude<DatabaseName, 'events'>;
const OTHERS = DATABASES.filter((name): name is Owner => name !== 'events' && name !== 'identification');

/** The tables of a service's schema with a household's id in one of their columns. */
function tablesOf(service: Owner): string[] {
  const schema = readFileSync(join(prismaFolder(service), 'schema.prisma'), 'utf8');
  return schema.split(/^model /m).flatMap((model) => {
    const table = /@@map\("(\w+)"\)/.exec(model)?.[1];
    return table && /@map\("(\w+_)?household_id"\)/.test(model) ? [`${service}.${table}`] : [];
  });
}

describe('the tables of the services that name a household', () => {
  it('each keep an import from being undone under it, or say why not', () => {
    expect(OTHERS.flatMap(tablesOf).sort()).toEqual(Object.keys(TABLES).sort());
  });

  it('cover every use of the events’ catalogue, each by its own service', () => {
    const uses = Object.entries(TABLES).filter(([, use]) => typeof use === 'string');
    const declared = { ...HOUSEHOLD_USES, [FRAME_USE.name]: FRAME_USE };
    expect(uses.map(([, use]) => use).sort()).toEqual(Object.keys(declared).sort());
    for (const [table, use] of uses) {
      expect(table.split('.')[0]).toBe(declared[use as keyof typeof declared].service);
    }
  });
});
