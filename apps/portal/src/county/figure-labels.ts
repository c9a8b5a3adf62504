import type { ServiceName } from '@bangfu/contracts/core/operation';
import type { Language } from '@bangfu/ui/lib/i18n';

type Labels = Readonly<Record<string, readonly [zh: string, en: string]>>;

/** What each figure of the county home is called, by service and key. */
const LABELS: Readonly<Record<ServiceName, Labels>> = {
  identification: {
    households: ['登记农户', 'Households in the register'],
    persons: ['登记人口', 'Persons in the register'],
    registered: ['未脱贫户', 'Registered as poor'],
    exited: ['已脱贫户', 'Exited from poverty'],
    qualityProblems: ['数据质量问题', 'Data-quality problems'],
  },
  pairing: { knownHouseholds: ['应结对帮扶户', 'Households to be paired'] },
  industry: { knownHouseholds: ['产业帮扶对象户', 'Households industry can support'] },
  training: { knownHouseholds: ['技能就业帮扶对象户', 'Households training can support'] },
  evaluation: { knownHouseholds: ['考核评估覆盖户', 'Households under evaluation'] },
};

/** A figure's name; one that a newer service sends and this page does not know yet is shown by its key. */
export function figureLabel(service: ServiceName, key: string, language: Language): string {
  const label = LABELS[service][key];
  return label ? label[language === 'zh-CN' ? 0 : 1] : key;
}
