import { refuse } from './limits.ts';

/**
 * A small XML scanner over UTF-8 bytes, fast enough for sheets of a gigabyte: prefixes, entities, CDATA, comments and
 * declarations are understood, DTDs are skipped (so no entity of a file's own is ever expanded), nesting is not checked.
 */
export interface XmlHandler {
  /** @param name `tagName` of the local name. The attributes stand in bytes from..to. */
  readonly open: (name: number, bytes: Buffer, from: number, to: number) => void;
  readonly close: (name: number) => void;
  /** @param raw whether the text is CDATA, in which & means itself. */
  readonly text: (bytes: Buffer, from: number, to: number, raw: boolean) => void;
}

export interface XmlScanner {
  readonly push: (chunk: Buffer) => void;
  /** @throws DomainError WORKBOOK_BROKEN when the text ends inside a tag. */
  readonly end: () => void;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const BANG = 0x21;
const QUESTION = 0x3f;
/** A tag or text longer than this is no spreadsheet's: 32 767 characters as numeric entities stay far below. */
const LONGEST_TOKEN = 4 * 2 ** 20;

/** The number a local tag name is compared by. */
export function tagName(name: string): number {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0;
  return hash;
}

/** Where the mark ends in the bytes; -1 when it is not there yet. */
function endOf(bytes: Buffer, mark: string, from: number): number {
  const at = bytes.indexOf(mark, from, 'latin1');
  return at < 0 ? -1 : at + mark.length;
}

/** Feeds a handler from chunks of XML; a token cut by a chunk's end is kept until it is whole. @throws DomainError WORKBOOK_TOO_LARGE for a token without end. */
export function xmlScanner(handler: XmlHandler): XmlScanner {
  let carry: Buffer | null = null;
  let waitFor = 0;

  /** The end of the tag that begins at `at`, past quoted attribute values; -1 when it is not there yet. */
  function tagEnd(bytes: Buffer, at: number, length: number): number {
    let quote = 0;
    for (let i = at; i < length; i++) {
      const byte = bytes[i] ?? 0;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === GT) return i;
      else if (byte === 0x22 || byte === 0x27) quote = byte;
    }
    return -1;
  }

  function element(bytes: Buffer, at: number, end: number): void {
    const closing = bytes[at + 1] === SLASH;
    const selfClosing = !closing && bytes[end - 1] === SLASH;
    const stop = selfClosing ? end - 1 : end;
    let i = closing ? at + 2 : at + 1;
    let name = 0;
    for (; i < stop; i++) {
      const byte = bytes[i] ?? 0;
      if (byte <= 0x20) break;
      name = byte === COLON ? 0 : (Math.imul(name, 31) + byte) | 0;
    }
    if (closing) handler.close(name);
    else {
      handler.open(name, bytes, i, stop);
      if (selfClosing) handler.close(name);
    }
  }

  /** Handles whole tokens. @returns how many bytes are used up. */
  function scan(bytes: Buffer): number {
    const length = bytes.length;
    let at = 0;
    while (at < length) {
      if (bytes[at] !== LT) {
        let end = at + 1;
        while (end < length && bytes[end] !== LT) end++;
        if (end === length) return at;
        handler.text(bytes, at, end, false);
        at = end;
        continue;
      }
      const next = bytes[at + 1] ?? 0;
      let end: number;
      if (next === QUESTION) end = endOf(bytes, '?>', at);
      else if (next !== BANG) {
        end = tagEnd(bytes, at, length) + 1;
        if (end > 0) element(bytes, at, end - 1);
      } else if (length - at < 9) return at;
      else if (bytes[at + 2] === 0x2d) end = endOf(bytes, '-->', at + 4);
      else if (bytes[at + 2] === 0x5b) {
        end = endOf(bytes, ']]>', at);
        if (end > 0) handler.text(bytes, at + 9, end - 3, true);
      } else end = tagEnd(bytes, at, length) + 1;
      if (end <= 0) return at;
      at = end;
    }
    return at;
  }

  return {
    push(chunk) {
      const bytes: Buffer = carry ? Buffer.concat([carry, chunk]) : chunk;
      if (bytes.length < waitFor) {
        carry = bytes;
        return;
      }
      const used = scan(bytes);
      const rest = bytes.length - used;
      if (rest > LONGEST_TOKEN) refuse('WORKBOOK_TOO_LARGE', 'cell');
      // A token that is still open is looked at again only when the bytes have doubled, so a long one costs no square.
      waitFor = used === 0 ? bytes.length * 2 : 0;
      carry = rest > 0 ? Buffer.from(bytes.subarray(used)) : null;
    },
    end() {
      if (!carry) return;
      const rest = carry.subarray(scan(carry));
      if (rest.some((byte) => byte > 0x20)) refuse('WORKBOOK_BROKEN');
    },
  };
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function entity(name: string): string {
  if (name.charCodeAt(0) !== 0x23) return NAMED[name] ?? `&${name};`;
  const hex = name.charCodeAt(1) === 0x78;
  const code = hex ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? signOf(code) : LOST;
}

/** Stands for a sign that the file does not hold: no text has a zero byte, nor half of a pair. */
const LOST = '\ufffd';
const signOf = (code: number) => (code > 0 ? String.fromCodePoint(code).toWellFormed() : LOST);

/** Decodes XML text: UTF-8, entities unless raw, and the _x000D_ escapes of spreadsheets. */
export function decodeXml(bytes: Buffer, from: number, to: number, raw: boolean): string {
  let text = bytes.toString('utf8', from, to);
  if (!raw && text.includes('&')) {
    let out = '';
    let done = 0;
    for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', done)) {
      const end = text.indexOf(';', at);
      if (end < 0 || end - at > 10) {
        out += text.slice(done, at + 1);
        done = at + 1;
      } else {
        out += text.slice(done, at) + entity(text.slice(at + 1, end));
        done = end + 1;
      }
    }
    text = out + text.slice(done);
  }
  if (!text.includes('_x')) return text;
  const escaped = text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  // Two escapes may make one sign, so halves are looked at when both are there.
  return escaped.toWellFormed().replaceAll('\0', LOST);
}

/** One attribute's value by its local name; null when the tag has none. For tags that are rare. */
export function attribute(bytes: Buffer, from: number, to: number, name: string): string | null {
  const text = decodeXml(bytes, from, to, true);
  const match = new RegExp(`(?:^|[\\s:])${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text);
  if (!match) return null;
  const value = Buffer.from(match[1] ?? match[2] ?? '');
  return decodeXml(value, 0, value.length, false);
}
