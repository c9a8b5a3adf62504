import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const PROGRAM = `
  import { makeLog } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
  const log = makeLog('test', 'info');
  log.info('begun');
  process.on('message', () => {
    for (let line = 0; line < 3; line++) log.warn({ line }, 'nobody reads this');
    process.exit(0);
  });
`;

describe('given a process whose log nobody reads any more', () => {
  it('when it tells its last words, then it ends all the same', async () => {
    const child = spawn(process.execPath, ['--conditions=SOURCE', '--input-type=module', '--eval', PROGRAM], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (!child.stdout) throw new Error('no standard output');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    expect(JSON.parse(line)).toMatchObject({ name: 'test', msg: 'begun' });
    child.stdout.destroy();
    await once(child.stdout, 'close');
    const ended = once(child, 'exit', { signal: AbortSignal.timeout(10_000) });
    child.send('end');
    try {
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  }, 30_000);
});
