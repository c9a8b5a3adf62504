/** The roles of a county's platform. What each sees and may do is declared by the operations that name it. */
export const ROLES = [
  'system-administrator',
  'county-office',
  'county-leader',
  'department',
  'township-officer',
  'township-leader',
  'village-officer',
  'helper',
  'unit-manager',
  'entity',
  'training-provider',
  'finance',
  'auditor',
  'evaluator',
  'household',
] as const;
export type Role = (typeof ROLES)[number];

/** The part of the world a grant speaks of. */
export type Scope =
  | { readonly kind: 'region'; readonly code: string }
  | { readonly kind: 'unit'; readonly id: string }
  | { readonly kind: 'helper'; readonly id: string }
  | { readonly kind: 'entity'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'household'; readonly id: string }
  | {
      readonly kind: 'evaluation';
      readonly id: string;
      readonly regions: readonly string[];
      readonly services: readonly string[];
    }
  | { readonly kind: 'platform' };

/** A role held in a scope for a time; grants add up, no grant means no access. */
export interface Grant {
  readonly role: Role;
  readonly scope: Scope;
  /** ISO instant after which the grant is void; absent = until withdrawn. */
  readonly until?: string;
}

export const ROLE_NAMES: Record<Role, string> = {
  'system-administrator': '系统管理员',
  'county-office': '县级业务',
  'county-leader': '县领导',
  department: '行业部门',
  'township-officer': '乡镇业务',
  'township-leader': '乡镇领导',
  'village-officer': '村级业务',
  helper: '帮扶责任人',
  'unit-manager': '帮扶单位',
  entity: '经营主体',
  'training-provider': '培训机构',
  finance: '财政',
  auditor: '审计监督',
  evaluator: '第三方评估',
  household: '农户',
};

const ENGLISH: Record<Role, string> = {
  'system-administrator': 'System administrator',
  'county-office': 'County office',
  'county-leader': 'County leader',
  department: 'Department',
  'township-officer': 'Township officer',
  'township-leader': 'Township leader',
  'village-officer': 'Village officer',
  helper: 'Helper',
  'unit-manager': 'Assisting unit',
  entity: 'Business entity',
  'training-provider': 'Training provider',
  finance: 'Finance',
  auditor: 'Auditor',
  evaluator: 'Third-party evaluator',
  household: 'Household',
};

/** A role as screens show it, in the reader's language. */
export function roleName(role: Role, language: 'zh' | 'en'): string {
  return language === 'zh' ? ROLE_NAMES[role] : ENGLISH[role];
}
