import type { TestProject } from 'vitest/node';
import './postgres.ts';
import { startPostgres } from './postgres-server.ts';

/** Vitest's global setup: one PostgreSQL for a package's test run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
