import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOSTILE_FILES } from './hostile-workbooks.ts';

/** Writes every hostile file into a folder, under its number. */
const folder = process.argv[2] ?? '';
HOSTILE_FILES.forEach((file, at) => writeFileSync(join(folder, String(at)), file.make()));
