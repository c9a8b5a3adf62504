import { formatYuan } from '../../shared/money.ts';
import type { QualityPolicy } from '../policy/policy.ts';
import type { RuleText } from './rule.ts';

type Figure = string | number;

/** How a message writes a figure of the policy: amounts of fen in yuan, a span as its two ends. */
function writtenFigures(
  name: string,
  value: Figure | { readonly from: Figure; readonly to: Figure },
): [string, string][] {
  if (typeof value === 'object') {
    return [
      [`${name}From`, String(value.from)],
      [`${name}To`, String(value.to)],
    ];
  }
  return [[name, name.endsWith('Fen') ? formatYuan(Number(value)) : String(value)]];
}

/** The figures of the policy as messages write them, by the placeholder. */
function policyFigures(quality: QualityPolicy): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(quality).flatMap(([name, value]) => writtenFigures(name, value)));
}

/** What a rule says, with the figures of the policy it was judged by. */
export function ruleMessage({ message }: RuleText, quality: QualityPolicy, language: 'zh' | 'en'): string {
  const figures = policyFigures(quality);
  return message[language].replace(/\{(\w+)\}/g, (placeholder, name: string) => figures[name] ?? placeholder);
}
