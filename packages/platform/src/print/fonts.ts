import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Font, openSync } from 'fontkit';

/** A font of the papers: its files, and the signs it has. */
export interface PaperFont {
  readonly name: string;
  readonly normal: string;
  readonly bold: string;
  covers(codePoint: number): boolean;
}

/** Where a Linux system keeps its TrueType fonts, one folder for each package. */
const SYSTEM_FONTS = '/usr/share/fonts/truetype';
/** Fonts for rare signs, where the county's server has them: the packages fonts-babelstone-han and fonts-hanazono. */
const RARE = ['BabelStoneHan.ttf', 'HanaMinA.ttf', 'HanaMinB.ttf'];

/** A font that is opened when the first sign is looked up in it. */
function paperFont(name: string, normal: string, bold = normal): PaperFont {
  let opened: Font | null = null;
  const open = (): Font => {
    const font = openSync(normal);
    if (!('hasGlyphForCodePoint' in font)) throw new Error(`${normal} holds more than one font`);
    return font;
  };
  return { name, normal, bold, covers: (codePoint) => (opened ??= open()).hasGlyphForCodePoint(codePoint) };
}

function rareFonts(): PaperFont[] {
  if (!existsSync(SYSTEM_FONTS)) return [];
  const folders = readdirSync(SYSTEM_FONTS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return RARE.flatMap((file) => {
    const path = folders.map(({ name }) => join(SYSTEM_FONTS, name, file)).find((each) => existsSync(each));
    return path ? [paperFont(file.replace('.ttf', ''), path)] : [];
  });
}

const noto = (path: string) => createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans-sc/${path}`);

/** The fonts of the papers, in the order they are asked for a sign; the first sets the whole paper. */
export const PAPER_FONTS: readonly [PaperFont, ...PaperFont[]] = [
  paperFont('NotoSansSC', noto('400Regular/NotoSansSC_400Regular.ttf'), noto('700Bold/NotoSansSC_700Bold.ttf')),
  ...rareFonts(),
];
