import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../shared/errors.ts';
import { businessDay } from '../shared/time.ts';
import { requireDeclarable } from './declaration.ts';
import {
  decideNilYear,
  NIL_STATES,
  NIL_STEPS,
  type NilYear,
  nilRefusal,
  requireNilDeclarable,
  withdrawNilYear,
} from './nil-year.ts';

const NOON = new Date('2026-07-01T12:00:00+08:00');
const DAYS = { from: businessDay('2024-01-01'), to: businessDay('2027-12-31'), dividendYear: 'calendar' } as const;

describe('a dividend year with nothing to distribute', () => {
  it('given any contract and year, then it is declared only where no guarantee is owed and a dividend could be', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 600, 10_000),
        fc.boolean(),
        fc.boolean(),
        fc.constantFrom(2023, 2024, 2025, 2026, 2027),
        fc.constantFrom('undeclared', 'declared', 'nil'),
        fc.boolean(),
        (guaranteedBp, signed, entityClosed, year, standing, isPeopled) => {
          const contract = { ...DAYS, guaranteedBp, signed, entityClosed };
          const facts = {
            isKnown: () => standing === 'declared',
            isNil: () => standing === 'nil',
            households: isPeopled ? [DAYS] : [],
          };
          const isOver = year === 2024 || year === 2025;
          const isDeclarable = signed && !entityClosed && isOver && standing === 'undeclared' && isPeopled;
          const open = (rule: () => unknown) => refusalOf(rule) === null;
          expect(open(() => requireDeclarable(contract, { year }, facts, NOON))).toBe(isDeclarable);
          const nil = refusalOf(() => requireNilDeclarable(contract, { year }, facts, NOON));
          expect(nil === null).toBe(isDeclarable && guaranteedBp === 0);
          if (guaranteedBp > 0) expect(nil?.code).toBe('NIL_GUARANTEED');
        },
      ),
    );
  });

  it('given any state and person, then the other person of the township decides, the entity withdraws, each once', () => {
    const people = {
      declarer: { accountId: 'e1', entityId: 'coop' },
      colleague: { accountId: 'e2', entityId: 'coop' },
      // Declared for the entity, and a township officer now.
      turned: { accountId: 'e1' },
      officer: { accountId: 't1' },
      other: { accountId: 'x1', entityId: 'other' },
    };
    for (const state of NIL_STATES) {
      const nil: NilYear = { state, entityId: 'coop', declaredBy: 'e1' };
      for (const [name, actor] of Object.entries(people)) {
        const waits = state === 'proposed';
        const expected = {
          decide: waits && (name === 'officer' || name === 'other'),
          withdraw: waits && (name === 'declarer' || name === 'colleague'),
        };
        for (const step of NIL_STEPS) {
          expect([state, name, step, nilRefusal(step, nil, actor) === null]).toEqual([
            state,
            name,
            step,
            expected[step],
          ]);
        }
        const confirmed = refusalOf(() => decideNilYear(nil, actor, { confirmed: true, reason: '' }));
        expect(confirmed).toEqual(nilRefusal('decide', nil, actor));
        expect(refusalOf(() => withdrawNilYear(nil, actor))).toEqual(nilRefusal('withdraw', nil, actor));
      }
    }
  });

  it('is returned only with a reason', () => {
    const nil: NilYear = { state: 'proposed', entityId: 'coop', declaredBy: 'e1' };
    const verdict = (reason: string) => decideNilYear(nil, people.officer, { confirmed: false, reason });
    const people = { officer: { accountId: 't1' } };
    expect(() => verdict(' ')).toThrow('DECLARATION_REASON_MISSING');
    expect(verdict('请附报表').state).toBe('returned');
  });
});
