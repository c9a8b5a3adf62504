// Keeps one server process (Kafka, PostgreSQL) and stops it when the process that asked for it goes away in any
// way, kill -9 included: the ipc channel closes then. Plain JavaScript, so that it starts without any flag.
import { spawn } from 'node:child_process';

const KILL_AFTER_MS = 8_000;
let server;
let stopping = false;

function stop(signal) {
  if (stopping) return;
  stopping = true;
  if (!server || server.exitCode !== null || server.signalCode !== null) process.exit(0);
  server.kill(signal);
  setTimeout(() => server.kill('SIGKILL'), KILL_AFTER_MS).unref();
}

function start({ command, args, options, stopSignal }) {
  // A session of its own: Ctrl-C reaches the whole foreground group, but the order of ending is decided above.
  server = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  server.on('error', (error) => {
    if (process.connected) process.send({ kind: 'failed', reason: error.message });
    process.exit(1);
  });
  server.on('spawn', () => process.connected && process.send({ kind: 'started', pid: server.pid }));
  server.on('exit', (code) => process.exit(stopping ? 0 : (code ?? 1) || 1));
  process.on('disconnect', () => stop(stopSignal));
  process.on('message', (message) => message.kind === 'stop' && stop(stopSignal));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
// A reader of our output that is gone must not end us before the server is stopped.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
process.once('message', start);
