import type { Content } from 'pdfmake/interfaces.js';
import type { PaperFont } from './fonts.ts';

/** Signs that leave no mark; a font without them would print a box. Line breaks and tabs stay. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/gu;

type Fonts = readonly [PaperFont, ...PaperFont[]];
interface Run {
  text: string;
  font: string;
}

/** How a sign is named that no font has: 〔U+20164〕. */
export function nameOfSign(sign: string): string {
  return `〔U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`;
}

const BREAKS = ['\n', '\t'];

/** A text in runs of one font each. Signs that no font has are named, and added to `missing`. */
function runsOf(text: string, fonts: Fonts, missing: Set<string>): Run[] {
  const runs: Run[] = [];
  for (const sign of text.normalize('NFC').replace(UNSEEN, '')) {
    const code = sign.codePointAt(0) ?? 0;
    const font = BREAKS.includes(sign) ? fonts[0] : fonts.find((each) => each.covers(code));
    if (!font) missing.add(sign);
    const shown = font ? sign : nameOfSign(sign);
    const name = (font ?? fonts[0]).name;
    const last = runs.at(-1);
    if (last?.font === name) last.text += shown;
    else runs.push({ text: shown, font: name });
  }
  return runs;
}

function printableText(text: string, fonts: Fonts, missing: Set<string>): string | Run[] {
  const runs = runsOf(text, fonts, missing);
  return runs.every(({ font }) => font === fonts[0].name) ? runs.map((run) => run.text).join('') : runs;
}

/** The parts of a paper's content that hold texts, however deep. */
const PARTS = ['text', 'stack', 'columns', 'table', 'body', 'ul', 'ol'];

/**
 * The same content in which each sign is printed by a font that has it. @param missing takes the signs that none has,
 * which are printed by their names
 */
export function printable(content: Content, fonts: Fonts, missing: Set<string>): Content {
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = printableText(value, fonts, missing);
      return typeof text === 'string' ? text : { text };
    }
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    const parts = Object.entries(value).map(([key, part]) => {
      if (key === 'text' && typeof part === 'string') return [key, printableText(part, fonts, missing)];
      return [key, PARTS.includes(key) ? within(part) : part];
    });
    return Object.fromEntries(parts);
  };
  return within(content) as Content;
}
