import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ReasonedButton } from './reasoned-button.tsx';

describe('a button that says why', () => {
  it('given no reason, presses', async () => {
    let pressed = 0;
    render(<ReasonedButton onClick={() => pressed++}>提交审核</ReasonedButton>);
    await userEvent.click(screen.getByRole('button', { name: '提交审核' }));
    expect(pressed).toBe(1);
  });

  it('given a reason, stays reachable by keyboard, tells it to a screen reader and does not press', async () => {
    let pressed = 0;
    render(
      <ReasonedButton reason="公示未满 7 天" onClick={() => pressed++}>
        结束公示
      </ReasonedButton>,
    );
    await userEvent.tab();
    const button = screen.getByRole('button', { name: '结束公示', description: '现在不能办理：公示未满 7 天' });
    expect(button).toBe(document.activeElement);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    await userEvent.keyboard('{Enter}');
    expect(pressed).toBe(0);
    expect(await screen.findByRole('tooltip')).toHaveProperty('textContent', '现在不能办理：公示未满 7 天');
  });

  it('given a reason, does not submit the form it stands in', async () => {
    let submitted = 0;
    render(
      <form onSubmit={() => submitted++}>
        <ReasonedButton htmlType="submit" reason="缺少照片">
          保存草稿
        </ReasonedButton>
      </form>,
    );
    await userEvent.click(screen.getByRole('button', { name: '保存草稿' }));
    expect(submitted).toBe(0);
  });
});
