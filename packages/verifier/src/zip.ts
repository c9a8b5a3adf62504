import { crc32 } from 'node:zlib';

/** A file within an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const UTF8 = 0x0800;
const VERSION = 20;
/** 1980-01-01, the first day a ZIP can name: the same entries always give the same bytes. */
const DAY = 0x21;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;

const invalid = (why: string): Error => new Error(`not an archive of the signed form: ${why}`);

/** The fields that the local and the central header of an entry have in common, from the version on. */
function common({ name, bytes }: ZipEntry): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(VERSION, 0);
  header.writeUInt16LE(UTF8, 2);
  header.writeUInt16LE(0, 4);
  header.writeUInt16LE(0, 6);
  header.writeUInt16LE(DAY, 8);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(bytes.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Packs files into a ZIP archive without compression; every program that opens ZIP archives opens it. */
export function packZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([uint32(LOCAL), common(entry), name, entry.bytes]);
    const rest = Buffer.alloc(CENTRAL_SIZE - 4 - 2 - 26);
    rest.writeUInt32LE(offset, rest.length - 4);
    const madeBy = Buffer.from([VERSION, 0]);
    centrals.push(Buffer.concat([uint32(CENTRAL), madeBy, common(entry), rest, name]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/**
 * Reads an archive that `packZip` made, and no other: the entries are read from its beginning, packed again, and must
 * give the same bytes, so that nothing can hide in it.
 * @throws Error when the bytes are not such an archive
 */
export function readZip(archive: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  while (archive.length >= at + LOCAL_SIZE && archive.readUInt32LE(at) === LOCAL) {
    const size = archive.readUInt32LE(at + 22);
    const from = at + LOCAL_SIZE + archive.readUInt16LE(at + 26);
    if (from + size > archive.length) throw invalid('it ends too early');
    const name = archive.subarray(at + LOCAL_SIZE, from).toString('utf8');
    entries.push({ name, bytes: archive.subarray(from, from + size) });
    at = from + size;
  }
  if (entries.length === 0) throw invalid('it holds no file');
  if (!packZip(entries).equals(archive)) throw invalid('it was packed by another program or altered');
  return entries;
}
