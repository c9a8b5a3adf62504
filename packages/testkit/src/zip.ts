import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATE = 8;

/** What a test may lie about in a part's directory entry. */
export interface ZipLies {
  readonly flags?: number;
  readonly uncompressedSize?: number;
  /** What stands before the data, where it is another size than the directory's. */
  readonly localSize?: number;
  /** Names of further entries whose data are the same bytes of the file. */
  readonly again?: readonly string[];
}

function fields(name: Buffer, data: Buffer, packed: Buffer, lies: ZipLies): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt16LE(lies.flags ?? 0, 2);
  head.writeUInt16LE(DEFLATE, 4);
  head.writeUInt32LE(crc32(data), 10);
  head.writeUInt32LE(packed.length, 14);
  head.writeUInt32LE(lies.uncompressedSize ?? data.length, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

/** Packs parts as a zip file, for workbooks that no program would write. */
export function makeZip(
  parts: Readonly<Record<string, string | Buffer>>,
  lies: Readonly<Record<string, ZipLies>> = {},
): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  let entries = 0;
  for (const [path, content] of Object.entries(parts)) {
    const name = Buffer.from(path);
    const data = Buffer.from(content);
    const packed = deflateRawSync(data);
    const head = fields(name, data, packed, lies[path] ?? {});
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL);
    const { localSize } = lies[path] ?? {};
    const before = localSize === undefined ? head : fields(name, data, packed, { uncompressedSize: localSize });
    const file = Buffer.concat([local, before, name, packed]);
    const central = Buffer.alloc(6);
    central.writeUInt32LE(CENTRAL);
    central.writeUInt16LE(20, 4);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(central, head, tail, name);
    for (const other of lies[path]?.again ?? []) {
      const otherName = Buffer.from(other);
      directory.push(central, fields(otherName, data, packed, lies[path] ?? {}), tail, otherName);
    }
    entries += 1 + (lies[path]?.again?.length ?? 0);
    files.push(file);
    offset += file.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, listed, end]);
}
