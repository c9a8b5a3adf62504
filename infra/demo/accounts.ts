/** An account of the demo county: one for each role, at its place. */
export interface DemoAccount {
  readonly username: string;
  readonly name: string;
  readonly grants: readonly { readonly role: string; readonly scope: object; readonly until?: string }[];
}

/**
 * The accounts of a demo (cli, fixed names). Those bound to a unit, a helper, an entity, a provider, an evaluation or a
 * household get their grant when the demo has made what they are bound to; `of` names the account's role then.
 */
export function demoAccounts(county: string, township: string, village: string): DemoAccount[] {
  const at = (role: string, code: string) => [{ role, scope: { kind: 'region', code } }];
  return [
    { username: 'county', name: '县扶贫办', grants: at('county-office', county) },
    // An evaluation needs three: who freezes the frame, who gives the seed, who imports the returns.
    { username: 'county-seed', name: '县评估办种子专员', grants: at('county-office', county) },
    { username: 'county-returns', name: '县评估办收件专员', grants: at('county-office', county) },
    { username: 'leader', name: '县分管领导', grants: at('county-leader', county) },
    { username: 'department', name: '行业部门', grants: at('department', county) },
    { username: 'township', name: '乡镇业务员', grants: at('township-officer', township) },
    { username: 'township-leader', name: '乡镇分管领导', grants: at('township-leader', township) },
    { username: 'village', name: '村扶贫专干', grants: at('village-officer', village) },
    { username: 'helper', name: '帮扶责任人', grants: [] },
    { username: 'unit', name: '帮扶单位', grants: [] },
    { username: 'entity', name: '示范合作社', grants: [] },
    { username: 'trainer', name: '培训机构', grants: [] },
    { username: 'finance', name: '财政局', grants: at('finance', county) },
    { username: 'auditor', name: '审计监督', grants: at('auditor', county) },
    { username: 'evaluator', name: '第三方评估员', grants: [] },
    { username: 'household', name: '示范农户', grants: [] },
  ];
}

/** The role a later grant of a demo account carries, by the kind of scope it is bound to. */
export const ROLE_OF_SCOPE: Readonly<Record<string, string>> = {
  helper: 'helper',
  unit: 'unit-manager',
  entity: 'entity',
  provider: 'training-provider',
  evaluation: 'evaluator',
  household: 'household',
};
