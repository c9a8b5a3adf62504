import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';

/** The part of Express that a bare service needs. */
interface Bare {
  get(path: string, handle: (request: unknown, response: { json(body: unknown): void }) => void): void;
  listen(port: number, host: string, ready: () => void): Server;
}

// Express itself belongs to the kit; the floor of B10 is the same release as the services run on.
const kit = createRequire(new URL('../../platform/package.json', import.meta.url));
const express = kit('express') as () => Bare;
const app = express();
app.get('/readyz', (_request, response) => response.json({ ready: true }));
const server = app.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
