import { keepRelease } from './release.ts';

// Keeps the data folder of a stopped platform as a fixture: node --conditions=SOURCE keep-release.ts DATA FILE
const [data, target] = process.argv.slice(2);
if (!data || !target) {
  process.stderr.write('keep-release.ts DATA FILE\n');
  process.exit(2);
}
await keepRelease(data, target);
