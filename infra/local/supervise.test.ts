import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { supervise } from './supervise.ts';

const folder = mkdtempSync(join(tmpdir(), 'bangfu-supervise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const started = (name: string, program: string) => {
  writeFileSync(join(folder, `${name}.mjs`), program);
  return supervise({ name, folder, program: `${name}.mjs`, env: {}, logs: join(folder, 'logs') });
};

describe('given a process that was given a wrong setting', () => {
  it('when it ends with its words, then they are told and it is not started again', async () => {
    const refused = started(
      'refused',
      `process.stderr.write('BANGFU_DATA_KEY 打不开\\nput it back\\n'); process.exit(2)`,
    );
    const { pid } = refused.child();
    await vi.waitUntil(() => refused.refusal() !== null, { timeout: 20_000 });
    expect(refused.refusal()).toBe('BANGFU_DATA_KEY 打不开\nput it back');
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(refused.child().pid).toBe(pid);
    await refused.stop();
  });

  it('when another one dies, then it is started again', async () => {
    const dying = started('dying', 'process.exit(1)');
    const { pid } = dying.child();
    await vi.waitUntil(() => dying.child().pid !== pid, { timeout: 20_000 });
    expect(dying.refusal()).toBeNull();
    await dying.stop();
  });
});
