import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@bangfu/infra/postgres/server';
import { messageOf } from './processes.ts';

// The floor of B10: PostgreSQL on an existing cluster and six bare Express processes, until all answer.
const [folder = ''] = process.argv.slice(2);
const program = fileURLToPath(new URL('./b10-express.ts', import.meta.url));
const isUp = (message: unknown): message is { port: number } =>
  typeof (message as { port?: unknown }).port === 'number';

async function startBare(): Promise<void> {
  const child = fork(program, [], { execArgv: ['--conditions=SOURCE'] });
  const { port } = await messageOf(child, isUp);
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  if (!answer.ok) throw new Error(`a bare service answers ${answer.status}`);
}

const postgres = startPostgres(folder);
const [server] = await Promise.all([postgres, ...Array.from({ length: 6 }, startBare)]);
process.stdout.write('ready\n');
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
