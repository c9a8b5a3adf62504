// Makes a checkout ready to run: generated database clients and built front ends, as far as they are not there yet.
// Plain JavaScript: it must be able to say which Node is missing.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major < NEEDED) {
  process.stderr.write(
    `本项目自带 Node ${NEEDED}，但此平台（${process.platform}-${process.arch}）没有对应的软件包；当前是 Node ${process.version}。\n` +
      `请安装 Node ${NEEDED} 后重试。 This platform has no bundled Node ${NEEDED}; please install it.\n`,
  );
  process.exit(1);
}
const root = fileURLToPath(new URL('../../', import.meta.url));
const turbo = fileURLToPath(new URL('../../node_modules/turbo/bin/turbo', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [turbo, 'run', 'generate', 'build', '--output-logs=errors-only', '--no-update-notifier'],
  {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  },
);
process.exit(status ?? 1);
