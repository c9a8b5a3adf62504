// Throws hostile input at a running platform until it is ended: bodies of strangers, and files of somebody signed in.
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { HOSTILE_FILES } from '@bangfu/platform/testing/hostile-workbooks';

const [url = '', cookie = '', header = '', token = ''] = process.argv.slice(2);
const SIGN_IN = `${url}/api/session`;
const EVERY_MS = 100;
/** Bodies that arrive byte by byte, held open at the same time. */
const SLOW = 20;
const BODIES = [
  `{"username":${'['.repeat(200_000)}`,
  `{"username":[${'1,'.repeat(500_000)}1]}`,
  `{"${'k'.repeat(1_000_000)}":1}`,
  `{"username":"${'\\'.repeat(1_000_000)}"}`,
  '{"a":'.repeat(200_000),
];
const UPLOADS = [
  '/api/identification/imports?name=x.',
  '/api/pairing/cadres/import?name=x.',
  '/api/identification/regions/imports?name=x.',
];
const said = new Map<number, number>();
const note = (status: number) => said.set(status, (said.get(status) ?? 0) + 1);

async function throwBodies(): Promise<never> {
  for (let at = 0; ; at++) {
    const body = BODIES[at % BODIES.length] ?? '';
    await fetch(SIGN_IN, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
      (answer) => note(answer.status),
      () => note(0),
    );
    await setTimeout(EVERY_MS);
  }
}

/** Made before the first is thrown: what it costs to make them, no stranger would take from the platform. */
const FILES = HOSTILE_FILES.map(({ ending, make }) => ({ ending, bytes: new Uint8Array(make()) }));

async function throwFiles(): Promise<never> {
  const headers = { cookie, [header]: token, 'content-type': 'application/octet-stream' };
  for (let at = 0; ; at++) {
    const file = FILES[at % FILES.length];
    if (!file) continue;
    const to = `${url}${UPLOADS[at % UPLOADS.length]}${file.ending}`;
    await fetch(to, { method: 'POST', headers, body: file.bytes }).then(
      (answer) => note(answer.status),
      () => note(0),
    );
    await setTimeout(EVERY_MS);
  }
}

async function dripBodies(): Promise<never> {
  const { hostname, port } = new URL(url);
  for (;;) {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write(
      'POST /api/session HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{',
    );
    for (let sent = 0; sent < 9000 && !socket.destroyed; sent++) {
      await setTimeout(1000);
      socket.write(' ');
    }
  }
}

process.once('SIGTERM', () => {
  process.send?.({ said: Object.fromEntries(said) });
  process.exit(0);
});
process.send?.('begun');
await Promise.race([throwBodies(), throwFiles(), ...Array.from({ length: SLOW }, dripBodies)]);
