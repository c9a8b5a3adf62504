// What a built front end uses that the oldest promised browser does not have yet, by the data behind MDN's tables.
import bcd from '@mdn/browser-compat-data' with { type: 'json' };
import { parseSync, Visitor } from 'oxc-parser';
import postcss from 'postcss';

/** The oldest browser the platform promises to run in (packages/ui/src/vite.ts builds for it). */
export const OLDEST = 99;

interface Support {
  readonly version_added?: string | boolean | null;
  readonly flags?: unknown;
  readonly partial_implementation?: boolean;
}
interface Feature {
  readonly __compat?: { readonly support: Readonly<Record<string, Support | readonly Support[]>> };
  readonly [name: string]: unknown;
}

/** The version of Chrome that first had a feature without a flag; null for none, undefined where it is not known. */
function since(feature: Feature | undefined): number | null | undefined {
  const chrome = feature?.__compat?.support['chrome'];
  if (!chrome) return undefined;
  const plain = [chrome].flat().filter(({ flags }) => !flags);
  const versions = plain.map(({ version_added: added }) =>
    typeof added === 'string' ? Number.parseInt(added, 10) : 0,
  );
  const known = versions.filter((version) => version > 0);
  return known.length > 0 ? Math.min(...known) : null;
}
const isNewer = (feature: Feature | undefined): boolean => {
  const version = since(feature);
  return version !== undefined && (version === null || version > OLDEST);
};
const childrenOf = (feature: Feature | undefined): [string, Feature][] =>
  Object.entries(feature ?? {}).filter(([name]) => name !== '__compat') as [string, Feature][];

const api = bcd.api as unknown as Feature;
const builtins = bcd.javascript['builtins'] as unknown as Feature;
const css = bcd.css as unknown as Readonly<Record<string, Feature>>;

/** Globals by name: what they hold, and whether they themselves are newer. */
const globals = new Map<string, Feature>([...childrenOf(api), ...childrenOf(builtins)]);
const INSTANCES: Readonly<Record<string, string>> = {
  navigator: 'Navigator',
  document: 'Document',
  window: 'Window',
  crypto: 'Crypto',
  performance: 'Performance',
};

/** Members that are newer wherever they exist: a call of one on anything cannot be an old one of the same name. */
const newerMembers = (() => {
  const owners = new Map<string, Feature[]>();
  for (const [, owner] of globals) {
    for (const [name, feature] of childrenOf(owner)) {
      const plain = name.replace(/_static$/, '');
      if (/^[a-z]\w*$/i.test(plain)) owners.set(plain, [...(owners.get(plain) ?? []), feature]);
    }
  }
  const all = [...owners].filter(([, features]) => features.every((feature) => isNewer(feature)));
  return new Set(all.map(([name]) => name));
})();

interface Named {
  readonly type: string;
  readonly name?: string;
}

/** What one script uses, what it asks for before, and which members it gives objects of its own. */
interface Names {
  readonly used: Set<string>;
  readonly asked: Set<string>;
  readonly own: Set<string>;
}

function take(text: string, { used, asked, own }: Names): void {
  const ask = (node: unknown): void => {
    const { type, property, name, left, right, argument, operator } = node as Record<string, unknown>;
    if (type === 'MemberExpression') asked.add((property as Named).name ?? '');
    if (type === 'Identifier') asked.add(String(name));
    if (type === 'LogicalExpression' || type === 'BinaryExpression') for (const side of [left, right]) ask(side);
    if (type === 'UnaryExpression') ask(argument);
    if (type === 'BinaryExpression' && operator === 'in') asked.add(String((left as { value?: unknown }).value));
  };
  const give = (key: Named, computed: boolean) => {
    if (!computed && key.type === 'Identifier') own.add(key.name ?? '');
  };
  const { program } = parseSync('bundle.js', text, { sourceType: 'module' });
  new Visitor({
    MemberExpression({ object, property, computed, optional }) {
      if (computed || property.type !== 'Identifier') return;
      if (optional) asked.add(property.name);
      if (object.type !== 'Identifier') return;
      const owner = globals.get(INSTANCES[object.name] ?? object.name);
      const member = owner?.[`${property.name}_static`] ?? owner?.[property.name];
      if (isNewer(member as Feature | undefined)) used.add(`${object.name}.${property.name}`);
    },
    CallExpression({ callee, optional }) {
      if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      if (optional) asked.add(name);
      if (newerMembers.has(name)) used.add(`.${name}()`);
    },
    NewExpression({ callee }) {
      if (callee.type === 'Identifier' && isNewer(globals.get(callee.name))) used.add(`new ${callee.name}`);
    },
    Property: ({ key, computed }) => give(key as Named, computed),
    MethodDefinition: ({ key, computed }) => give(key as Named, computed),
    PropertyDefinition: ({ key, computed }) => give(key as Named, computed),
    AssignmentExpression({ left }) {
      if (left.type === 'MemberExpression') give(left.property as Named, left.computed);
    },
    IfStatement: ({ test }) => ask(test),
    ConditionalExpression: ({ test }) => ask(test),
    LogicalExpression: ({ left }) => ask(left),
    UnaryExpression: ({ operator, argument }) => {
      if (operator === 'typeof' || operator === '!') ask(argument);
    },
    BinaryExpression: (node) => {
      if (node.operator === 'in') ask(node);
    },
  }).visit(program);
}

/**
 * The newer names that the scripts of one front end use. What they ask for first (`typeof`, `in`, `?.`, `if`) has a
 * fallback, and a member they give their own objects is theirs.
 */
export function newerInScripts(texts: readonly string[]): string[] {
  const names: Names = { used: new Set(), asked: new Set(), own: new Set() };
  for (const text of texts) take(text, names);
  return [...names.used]
    .filter((use) => {
      const name = /\w+(?=(?:\(\))?$)/.exec(use)?.[0] ?? '';
      return !names.asked.has(name) && !(use.startsWith('.') && names.own.has(name));
    })
    .toSorted();
}

const pseudo = new Map(childrenOf(css['selectors']).map(([name, feature]) => [name, isNewer(feature)]));
const lengths = css['types']?.['length'] as Feature;
/** Units the tables keep together under one name. */
const UNITS_OF: Readonly<Record<string, string>> = {
  viewport_percentage_units_dynamic: 'dv(?:h|w|i|b|min|max)',
  viewport_percentage_units_large: 'lv(?:h|w|i|b|min|max)',
  viewport_percentage_units_small: 'sv(?:h|w|i|b|min|max)',
  container_query_length_units: 'cq(?:h|w|i|b|min|max)',
};
const newerUnits = childrenOf(lengths)
  .filter(([, feature]) => isNewer(feature))
  .map(([name]) => UNITS_OF[name] ?? name);
const FUNCTIONS = ['color-mix', 'oklch', 'oklab', 'light-dark', 'linear', 'round', 'mod', 'sin', 'cos', 'anchor'];

/** The newer properties, selectors, rules and values of a style sheet; what stands in @supports or after an older value of the same property has a fallback. */
export function newerInStyles(text: string): string[] {
  const found = new Set<string>();
  const root = postcss.parse(text);
  root.walkAtRules((rule) => {
    if (isNewer(css['at-rules']?.[rule.name] as Feature | undefined)) found.add(`@${rule.name}`);
  });
  root.walkRules((rule) => {
    for (const [, name] of rule.selector.matchAll(/::?([a-z-]+)/g)) if (pseudo.get(name ?? '')) found.add(`:${name}`);
    if (rule.selector.includes('&')) found.add('nesting');
  });
  root.walkDecls((declaration) => {
    const { prop, value, parent } = declaration;
    const around = parent?.parent?.type === 'atrule' && 'name' in parent.parent ? parent.parent.name : '';
    // The descriptors of a sheet of paper are other than the properties of the same name.
    const isPaper = parent?.type === 'atrule' && 'name' in parent && parent.name === 'page';
    if (around === 'supports' || isPaper) return;
    if (isNewer(css['properties']?.[prop] as Feature | undefined)) found.add(prop);
    const before = parent?.nodes?.slice(0, parent.index(declaration)) ?? [];
    if (before.some((node) => node.type === 'decl' && node.prop === prop)) return;
    const unit = new RegExp(`\\d(${newerUnits.join('|')})\\b`).exec(value)?.[1];
    if (unit) found.add(unit);
    for (const name of FUNCTIONS) if (new RegExp(`(^|[^\\w-])${name}\\(`).test(value)) found.add(`${name}()`);
  });
  return [...found].toSorted();
}
