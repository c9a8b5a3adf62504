import { readBy } from '@bangfu/platform/testing/reports';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import { describe, expect, inject, it } from 'vitest';

describe('given the gateway’s database', () => {
  it('when people read by its roles, then sessions, passwords and keys are in none of what they see', async () => {
    const { read, report } = await migratedDatabase(inject('postgresUrl'), 'gateway');
    expect(await readBy(read)).toEqual({ views: [], wrong: [] });
    const seen = await readBy(report ?? '');
    expect(seen.wrong).toEqual([]);
    expect(seen.views).toEqual([
      'account',
      'account_grant',
      'api_key',
      'audit_entry',
      'audit_seal',
      'household_copy',
      'region',
    ]);
  });
});
