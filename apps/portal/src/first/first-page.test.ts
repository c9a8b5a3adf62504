import { type Grant, ROLES } from '@bangfu/domain/shared/roles';
import { describe, expect, it } from 'vitest';
import { firstPageOf } from './first-page.ts';

const grant = (role: Grant['role']): Grant => ({ role, scope: { kind: 'platform' } });
const FIRST: Partial<Record<Grant['role'], string>> = {
  household: 'household',
  helper: 'helped',
  'unit-manager': 'helped',
};

describe('the first page', () => {
  it.each(ROLES)('of %s is its own, and with an office beside it the work', (role) => {
    expect(firstPageOf([grant(role)])).toBe(FIRST[role] ?? 'work');
    expect(firstPageOf([grant(role), grant('village-officer')])).toBe('work');
  });

  it('of somebody without grants is the work', () => {
    expect(firstPageOf([])).toBe('work');
  });
});
