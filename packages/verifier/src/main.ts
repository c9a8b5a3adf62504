#!/usr/bin/env node
import { run, USAGE, UsageError } from './commands.ts';

// Exit 0 when everything agrees, 1 when something does not or cannot be read, 2 for a wrong call.
try {
  const { lines, holds } = run(process.argv.slice(2));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = holds ? 0 : 1;
} catch (error) {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${(error as Error).message}\n${isUsage ? USAGE : ''}`);
  process.exitCode = isUsage ? 2 : 1;
}
