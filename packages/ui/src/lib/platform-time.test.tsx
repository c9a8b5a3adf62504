import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, screen } from '@testing-library/react';
import { Form } from 'antd';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DateField } from '../date-field.tsx';
import { rememberPlatformTime, usePlatformDay } from './platform-time.ts';

const ROOT = join(import.meta.dirname, '../../../..');
/** Where the machine's clock may be read: the one place that counts from the platform's. */
const READS_THE_MACHINE = ['packages/ui/src/lib/platform-time.ts'];
const MACHINE = /new Date\(\)|Date\.now\(|\bdayjs\(\)|Temporal\.Now/;

const frontEnds = [
  'packages/ui/src',
  ...readdirSync(join(ROOT, 'apps'))
    .filter((name) => name === 'portal' || name.endsWith('-admin'))
    .map((name) => `apps/${name}/src`),
];
const sources = frontEnds.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);

function Today() {
  const today = usePlatformDay();
  return (
    <Form initialValues={{ on: today }}>
      <Form.Item name="on" label="日期">
        <DateField label="日期" max={today} />
      </Form.Item>
    </Form>
  );
}

describe('the day of a form', () => {
  afterEach(() => vi.useRealTimers());

  it('given a machine a year behind, when a form opens, then its day is the platform’s', () => {
    vi.useFakeTimers({ now: new Date('2025-11-22T02:00:00Z'), toFake: ['Date'] });
    rememberPlatformTime('2026-11-22T16:30:00.000Z');
    const { container } = render(<Today />);
    // Half past midnight in Shanghai is the next day.
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: '日期' }).value).toBe('2026-11-23');
    expect(container.querySelector('input[type="date"]')?.getAttribute('max')).toBe('2026-11-23');
  });

  it('when all front ends are read, then none takes the time from the machine', () => {
    expect(sources.length).toBeGreaterThan(100);
    const machine = sources.filter((file) => MACHINE.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(machine).toEqual(READS_THE_MACHINE);
  });
});
