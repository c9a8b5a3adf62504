import { amount, group, policy } from '@bangfu/contracts/core/policy';
import { FIELD_WORDS } from '@bangfu/contracts/core/field-words';
import { policiesOf } from '@bangfu/contracts/core/policy-operations';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ConnectionContext } from './lib/data.ts';
import { FoldedChanges } from './policy-changes.tsx';
import { PolicyDraft } from './policy-draft.tsx';

const days = (zh: string) => amount(zh, zh, 'day', { max: 100 });
const value = { steps: { entering: { survey: 1, approval: 2 } }, ranks: [{ quota: 3 }, { quota: 4 }] };
const TRIAL = policy({
  service: 'training',
  key: 'trial',
  label: { zh: '试行标准', en: 'trial standard' },
  schema: z.object({
    steps: group('各环节', 'steps', {
      entering: group('建档', 'entering', { survey: days('调查'), approval: days('审定') }),
    }),
    ranks: z.array(z.object({ quota: days('上限') })).register(FIELD_WORDS, { zh: '职级', en: 'ranks' }),
  }),
  seeds: [{ validFrom: '2026-01-01', value, document: '县' }],
});
const DECLARED = policiesOf('training', [TRIAL]);

const given = (children: ReactNode) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ConnectionContext.Provider value={{ baseUrl: '' }}>{children}</ConnectionContext.Provider>
    </QueryClientProvider>,
  );

it('given groups and rows, then each is found by its name and its fields are within it', () => {
  given(<PolicyDraft declared={DECLARED} policy={TRIAL} begin={value} onClose={() => undefined} />);
  const entering = within(screen.getByRole('group', { name: '各环节' })).getByRole('group', { name: '建档' });
  expect(within(entering).getByLabelText('各环节 建档 审定')).toHaveProperty('value', '2');
  const second = screen.getByRole('group', { name: '职级 2' });
  expect(within(second).getByLabelText('职级 2 上限')).toHaveProperty('value', '4');
});

it('given a first version, then its figures are listed when they are asked for; of a later one its changes at once', async () => {
  const version = {
    id: '01a232b4-0d43-7176-b733-f54423ed2a0a',
    policy: 'trial',
    validFrom: '2026-01-01',
    value,
    document: '县',
    paragraph: '',
    shippedFor: '',
    state: 'approved',
    draftedBy: 'a',
    draftedAt: '2026-01-01T00:00:00.000Z',
    approvedBy: 'b',
    approvedAt: '2026-01-01T00:00:00.000Z',
    withdrawnBy: null,
    withdrawnReason: null,
    changes: [
      { field: 'steps.entering.survey', before: null, after: 1 },
      { field: 'steps.entering.approval', before: null, after: 2 },
    ],
    version: 1,
    steps: [],
  } as const;
  const { rerender } = render(
    <FoldedChanges policy={TRIAL} version={{ ...version, changes: [...version.changes], steps: [] }} />,
  );
  const summary = screen.getByText('首个版本，共 2 项');
  const list = summary.closest('details');
  expect(list?.open).toBe(false);
  await userEvent.click(summary);
  expect(list?.open).toBe(true);
  expect(within(list ?? summary).getByText(/各环节 · 建档 · 审定/)).toBeTruthy();
  const changes = [{ field: 'steps.entering.survey', before: 1, after: 2 }];
  rerender(<FoldedChanges policy={TRIAL} version={{ ...version, changes, steps: [] }} />);
  expect(screen.queryByText(/首个版本/)).toBeNull();
  expect(screen.getByText(/各环节 · 建档 · 调查/)).toBeTruthy();
});
