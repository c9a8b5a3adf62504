/** Signs and words that repeat what stands above; a program cannot know what that is. */
const DITTO = /^(["'\u2033\u2034\u3003\u201c\u201d]{1,2}|同上|同前|如上|上同)$/;
/** Words by which people and programs fill a cell that has no value. */
const NOTHING = new Set(['无', '没有', '未知', '不详', '空']);
const NOTHING_OF_PROGRAMS = /^(null|none|nan|nil|n\/a|true|false|undefined)$/i;

/** Whether a normalised value only points to the row above. */
export function isDitto(value: string): boolean {
  return value.length <= 2 && DITTO.test(value);
}

/**
 * Whether a normalised value, where a name or a number that is a name must stand, only fills the cell: it holds neither
 * letter nor digit (-, /, ……), says that there is none (无, NULL), or what stands above (同上).
 */
export function isPlaceholder(value: string): boolean {
  const first = value.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) return false;
  if (first >= 0x4e00 && first < 0xa000) return NOTHING.has(value) || isDitto(value);
  return !/[\p{L}\p{N}\p{Co}\p{So}?]/u.test(value) || NOTHING_OF_PROGRAMS.test(value) || isDitto(value);
}
