import type { ServiceName } from '@bangfu/contracts/core/operation';
import type { Language } from '@bangfu/ui/lib/i18n';

interface Words {
  readonly label: string;
  /** What is counted, where it has a measure word of its own: 份, 次, 笔. */
  readonly unit?: string;
}

interface Labels {
  readonly 'zh-CN': Words;
  readonly en: Words;
}

const say = (zh: string, en: string, unit?: string): Labels => ({
  'zh-CN': unit === undefined ? { label: zh } : { label: zh, unit },
  en: { label: en, ...(unit !== undefined && { unit: '' }) },
});

/** What each figure of the county home is called, by service and key. */
const LABELS: Readonly<Record<`${ServiceName}.${string}`, Labels>> = {
  'identification.households': say('登记农户', 'Households in the register'),
  'identification.persons': say('登记人口', 'Persons in the register'),
  'identification.registered': say('未脱贫户（含返贫）', 'Registered as poor'),
  'identification.exited': say('已脱贫户', 'Exited from poverty'),
  'identification.qualityProblems': say('数据质量问题', 'Data-quality problems', '个'),
  'pairing.helpers': say('帮扶责任人', 'Helpers'),
  'pairing.pairedHouseholds': say('已结对农户', 'Paired households'),
  'pairing.householdsWithoutHelper': say('未落实责任人', 'Without a helper'),
  'pairing.visitsThisMonth': say('本月走访', 'Visits this month', '次'),
  'pairing.overdueHouseholds': say('走访逾期', 'Visits overdue'),
  'industry.entities': say('经营主体', 'Business entities', '家'),
  'industry.contractsInForce': say('生效合同', 'Contracts in force', '份'),
  'industry.shareHouseholds': say('带动农户', 'Households with a share'),
  'industry.dividendPaid': say('已兑付分红', 'Dividends paid'),
  'industry.dividendOpen': say('待兑付分红', 'Dividends open'),
  'industry.dividendLate': say('逾期未兑付', 'Dividends late', '笔'),
  'industry.belowGuarantee': say('分红低于保底', 'Below the guarantee'),
  'training.classes': say('培训班', 'Classes', '个'),
  'training.enrolledPersons': say('参训人员', 'Persons enrolled'),
  'training.attendanceRate': say('到课率', 'Attendance'),
  'training.certificates': say('取得证书', 'Certificates', '本'),
  'training.skillCoverage': say('一户一技能覆盖率', 'Households with a skill'),
  'evaluation.evaluations': say('评估任务', 'Evaluations', '项'),
  'evaluation.sampledHouseholds': say('抽样农户', 'Households in samples'),
  'evaluation.returns': say('已采用问卷', 'Returns accepted', '份'),
  'evaluation.compositeIncidence': say('综合贫困发生率', 'Composite incidence'),
  'evaluation.wrongExitRate': say('错退率', 'Wrong-exit rate'),
  'evaluation.missedRate': say('漏评率', 'Missed rate'),
  'evaluation.approvalRate': say('群众认可度', 'Approval'),
};

/** A figure's name and measure word; one that this page does not know yet is shown by its key. */
export function figureWords(service: ServiceName, key: string, language: Language): Words {
  return LABELS[`${service}.${key}`]?.[language] ?? { label: key };
}
