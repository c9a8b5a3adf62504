import { attribute, tagName, xmlScanner } from './xml.ts';
import type { Zip } from './zip.ts';

const STYLE = tagName('style');
const TABLE_PROPERTIES = tagName('table-properties');
const TABLE = tagName('table');

/**
 * The names of an .ods' tables that are not displayed, which the library that reads the values does not tell. Reading
 * the part to its end checks its sum too: that library would take damaged bytes for values.
 */
export async function hiddenTables(zip: Zip): Promise<Set<string>> {
  const styles = new Set<string>();
  const tables = new Set<string>();
  let style = '';
  const scanner = xmlScanner({
    open(name, bytes, from, to) {
      if (name === STYLE) style = attribute(bytes, from, to, 'name') ?? '';
      else if (name === TABLE_PROPERTIES && attribute(bytes, from, to, 'display') === 'false') styles.add(style);
      else if (name === TABLE && styles.has(attribute(bytes, from, to, 'style-name') ?? '')) {
        tables.add(attribute(bytes, from, to, 'name') ?? '');
      }
    },
    close: () => undefined,
    text: () => undefined,
  });
  for await (const chunk of zip.read('content.xml')) scanner.push(chunk);
  return tables;
}
