import { execFile } from 'node:child_process';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hasKafkaLibs, kafkaLibs } from './libs.ts';

const run = promisify(execFile);

/**
 * Brings the broker's jars from Maven Central into the cache folder, once, and returns the folder. A half-done
 * download never looks whole: the folder gets its name at the end. Throws with Maven's words when it cannot.
 */
export async function fetchKafka(folder = kafkaLibs()): Promise<string> {
  if (hasKafkaLibs(folder)) return folder;
  const partial = `${folder}.${process.pid}.part`;
  await mkdir(dirname(folder), { recursive: true });
  const pom = fileURLToPath(new URL('./pom.xml', import.meta.url));
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${partial}`, '-DincludeScope=runtime'];
  await run('mvn', ['-q', '-B', '-f', pom, ...goal]);
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
  return folder;
}

if (import.meta.main) {
  process.stdout.write(`${await fetchKafka()}\n`);
}
