import type { Grant } from '@bangfu/domain/shared/roles';
import { expect, it } from 'vitest';
import { opensAt } from './access.ts';

const NOW = Date.parse('2026-03-02T04:00:00Z');
const at = (role: Grant['role'], code: string, until?: string): Grant => ({
  role,
  scope: { kind: 'region', code },
  ...(until ? { until } : {}),
});

it('a place is opened by a grant of that place alone, not by what the person may read elsewhere', () => {
  const grants = [
    at('township-officer', '211382101000'),
    at('auditor', '211382000000'),
    at('county-office', '211382000000', '2026-03-01T00:00:00Z'),
  ];
  const makers = ['county-office', 'township-officer'] as const;
  const opened = ['211382101000', '211382101200', '211382102000', '211382000000'].filter((region) =>
    opensAt(makers, grants, region, NOW),
  );
  expect(opened).toEqual(['211382101000', '211382101200']);
});
