import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Ends a process in good order and waits until it is gone. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** Runs a program to its end. @throws Error with what it said when it fails */
export async function runToEnd(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed (${code}):\n${said}`);
}

/** Waits for a child's message that fits. @throws Error when the child ends before */
export function messageOf<M>(child: ChildProcess, fits: (message: unknown) => message is M): Promise<M> {
  return new Promise((resolve, reject) => {
    const listen = (message: unknown) => {
      if (!fits(message)) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
    child.once('exit', (code, signal) =>
      reject(new Error(`a measured process ended before it answered (${signal ?? code})`)),
    );
  });
}

/** Waits for the line of output a child says it is ready by. @throws Error when it ends before */
export function lineOf(child: ChildProcess, begins: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const line = said.split('\n').find((each) => each.startsWith(begins));
      if (line !== undefined) resolve(line);
    });
    child.once('exit', (code) => reject(new Error(`ended before it was ready (${code}):\n${said}`)));
  });
}

/** The most memory a process ever held, in MiB: what the system counted, not what the program says of itself. */
export function peakMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1024;
}

/** A process and all that came of it, by their ids. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const file = `/proc/${name}/stat`;
    if (!/^\d+$/.test(name) || !existsSync(file)) continue;
    const stat = readFileSync(file, 'utf8');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const family = [pid];
  for (const each of family)
    family.push(...[...parents].filter(([, parent]) => parent === each).map(([child]) => child));
  return family;
}

/** The ticks in which Linux tells processor time. */
const TICKS_PER_SECOND = 100;

/** The processor time that a process has used so far, in seconds; NaN when it has ended. */
function processorSeconds(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return NaN;
  const stat = readFileSync(file, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}

/** How much of a core processes use meanwhile, in percent; of those that are there from the beginning to the end. */
export async function loadOf(pids: readonly number[], meanwhile: () => Promise<void>): Promise<number> {
  const began = performance.now();
  const before = pids.map(processorSeconds);
  await meanwhile();
  const used = pids.map((pid, at) => processorSeconds(pid) - (before[at] ?? NaN)).filter((each) => !Number.isNaN(each));
  return (used.reduce((sum, each) => sum + each, 0) / ((performance.now() - began) / 1000)) * 100;
}

/** The memory that is a process's own share (PSS), in MiB. */
export function proportionalMemory(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? NaN) / 1024;
}
