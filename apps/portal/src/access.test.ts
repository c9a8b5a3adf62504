import { ROLES } from '@bangfu/domain/shared/roles';
import { describe, expect, it } from 'vitest';
import { mayOpen } from './access.ts';

const NOW = new Date('2026-11-22T00:00:00Z');
const COUNTY = { kind: 'region', code: '990101000000' } as const;

describe('places of the portal', () => {
  it('given an auditor, then the audit opens and the accounts do not', () => {
    const grants = [{ role: 'auditor', scope: COUNTY } as const];
    expect(mayOpen('/audit', grants, NOW)).toBe(true);
    expect(mayOpen('/accounts', grants, NOW)).toBe(false);
    expect(mayOpen('/accounts/wang.fang', grants, NOW)).toBe(false);
  });

  it('given a grant whose time is over, then nothing guarded opens', () => {
    const grants = [{ role: 'auditor', scope: COUNTY, until: '2026-11-21T16:00:00Z' } as const];
    expect(mayOpen('/audit', grants, NOW)).toBe(false);
  });

  it('given any role, then the first page and announcements open, and jobs to all but households', () => {
    for (const role of ROLES) {
      const grants = [{ role, scope: COUNTY }];
      for (const path of ['/', '/announcements']) expect(mayOpen(path, grants, NOW)).toBe(true);
      expect(mayOpen('/jobs', grants, NOW)).toBe(role !== 'household');
    }
  });
});
