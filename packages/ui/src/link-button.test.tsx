import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { expect, it } from 'vitest';
import { LinkButton } from './link-button.tsx';

const Here = () => <output>{useLocation().pathname}</output>;

function show(reason: string | null): void {
  render(
    <MemoryRouter basename="/identification" initialEntries={['/identification/cases']}>
      <LinkButton to="/cases/new" reason={reason}>
        发起识别
      </LinkButton>
      <Here />
    </MemoryRouter>,
  );
}

it('given a button that leads to a page, then it is a link with its address and leads there without a new load', async () => {
  show(null);
  const link = screen.getByRole('link', { name: '发起识别' });
  expect(link.getAttribute('href')).toBe('/identification/cases/new');
  await userEvent.click(link);
  expect(screen.getByText('/cases/new')).toBeDefined();
});

it('given a reason, then it says so and leads nowhere', async () => {
  show('没有可以识别的农户');
  expect(screen.queryByRole('link')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: '发起识别' }));
  expect(screen.getByText('/cases')).toBeDefined();
});
