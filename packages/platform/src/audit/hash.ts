import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import canonicalize from 'canonicalize';

/** SHA-256 over RFC 8785 JSON (architecture, decision 7). The value carries its own format version. */
export function canonicalHash(value: unknown): Buffer {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('nothing to hash');
  return createHash('sha256').update(text).digest();
}

/** So many entries are worked off before other requests get their turn: some milliseconds' work. */
const SLICE = 2000;

/** The entries of a long list in slices, between which other requests get their turn. */
export async function* inSlices<T>(entries: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let at = 0; at < entries.length; at += SLICE) {
    if (at > 0) await setImmediate();
    yield entries.slice(at, at + SLICE);
  }
}

/** What `canonicalHash` gives of `{ ...head, [name]: entries }`; however many entries, other requests are not held up. */
export async function canonicalHashOfList(head: object, name: string, entries: readonly unknown[]): Promise<Buffer> {
  const [before, after, ...more] = (canonicalize({ ...head, [name]: [] }) ?? '').split(`"${name}":[]`);
  if (before === undefined || after === undefined || more.length > 0) throw new TypeError(`two lists named ${name}`);
  const hash = createHash('sha256').update(`${before}"${name}":[`);
  let isFirst = true;
  for await (const slice of inSlices(entries)) {
    hash.update((isFirst ? '' : ',') + slice.map((entry) => canonicalize(entry)).join(','));
    isFirst = false;
  }
  return hash.update(`]${after}`).digest();
}

/** SHA-256 of bytes; handed to domain rules, which know no runtime. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
