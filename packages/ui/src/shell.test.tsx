import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { Shell, type ShellProps } from './shell.tsx';

function show(change: Partial<ShellProps> = {}) {
  const searched: string[] = [];
  render(
    <MemoryRouter initialEntries={['/persons']}>
      <Shell
        county="云岭县"
        service="identification"
        places={[
          {
            label: '农户',
            places: [
              { path: '/', label: '农户', icon: null },
              { path: '/persons', label: '人员', icon: null, count: 7 },
            ],
          },
        ]}
        session={{ name: '钱玉兰', role: '乡镇业务 · 河西镇' }}
        todos={{ count: 12, overdue: 3 }}
        jobs={[{ id: '1', title: '导入花名册', state: 'working', done: 1200, total: 3134, secondsLeft: 95 }]}
        onSearch={(text) => searched.push(text)}
        onLanguage={() => undefined}
        onSignOut={() => undefined}
        {...change}
      >
        <label>
          备注 <input />
        </label>
      </Shell>
    </MemoryRouter>,
  );
  return searched;
}

const search = () => screen.getByRole('searchbox', { name: '查找农户、人员、编号' });

describe('the shell', () => {
  it('when / is pressed, puts the cursor in the search without writing it; Enter searches', async () => {
    const searched = show();
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(search());
    await userEvent.keyboard(' 赵建国 {Enter}');
    expect(searched).toEqual(['赵建国']);
  });

  it('when / is pressed while writing in a field, leaves it to the field', async () => {
    show();
    const field = screen.getByRole('textbox', { name: '备注' });
    await userEvent.type(field, '1/2');
    expect(field).toHaveProperty('value', '1/2');
  });

  it('links the other services as plain addresses and marks this one', () => {
    show();
    const services = within(screen.getByRole('navigation', { name: '业务系统' }));
    expect(services.getByRole('link', { name: '产业帮扶' }).getAttribute('href')).toBe('/industry/');
    expect(services.getByRole('link', { name: '工作台' }).getAttribute('href')).toBe('/');
    expect(services.getByRole('link', { name: '识别建档' }).getAttribute('aria-current')).toBe('true');
  });

  it('says which place one is at, and what waits there', () => {
    show();
    const here = screen.getByRole('link', { name: /人员\s*7/ });
    expect(here.getAttribute('aria-current')).toBe('page');
    expect(screen.getByRole('link', { name: '待办 12 项，其中超期 3 项' })).toBeTruthy();
  });

  it('shows running jobs with progress and cancels one', async () => {
    const cancelled: string[] = [];
    show({ onCancelJob: (id) => cancelled.push(id) });
    await userEvent.click(screen.getByRole('button', { name: '后台任务，1 项进行中' }));
    expect(await screen.findByText('1,200 / 3,134 · 约剩 1 分 35 秒')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: '取消任务 导入花名册' }));
    expect(cancelled).toEqual(['1']);
  });

  it('tells when the network is away', () => {
    show({ online: false });
    expect(screen.getByRole('status').textContent).toContain('网络已断开');
  });
});
