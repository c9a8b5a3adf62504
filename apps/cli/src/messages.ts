import type { Owner } from '@bangfu/contracts/core/operation';

/** The texts of what the command line itself refuses; the platform's refusals bring their own. */
const LOCAL_MESSAGES = {
  NOT_REACHABLE: {
    zh: '连不上平台 {url}：请确认平台已启动、地址（BANGFU_URL）无误',
    en: 'The platform is not reachable at {url}: check that it runs and that BANGFU_URL is right',
  },
  CONNECTION_LOST: {
    zh: '与平台的连接中断，请重试',
    en: 'The connection to the platform was lost, try again',
  },
  NO_PROPER_ANSWER: {
    zh: '平台的应答与约定不符（{path}）：命令行与平台的版本可能不一致',
    en: 'The answer breaks the contract ({path}): the versions of command line and platform may differ',
  },
  USAGE: { zh: '用法不对：{reason}', en: 'Wrong usage: {reason}' },
  SETTING_WRONG: { zh: '设置不对：{reason}', en: 'Wrong setting: {reason}' },
  FILE_UNUSABLE: { zh: '文件 {file} 无法读写（{reason}）', en: 'File {file} cannot be read or written ({reason})' },
  ACCOUNT_UNKNOWN: {
    zh: '没有登录名为 {name} 的账号，或不在您的管辖范围内',
    en: 'There is no account {name}, or it lies outside your scope',
  },
  POLICY_UNKNOWN: {
    zh: '没有编号为 {id} 的政策版本，或不在您的管辖范围内',
    en: 'There is no version of a policy {id}, or it lies outside your scope',
  },
  JOB_FAILED: { zh: '任务失败，没有说明原因', en: 'The job failed and gave no reason' },
  JOB_CANCELLED: { zh: '任务已取消，没有改变任何数据', en: 'The job was cancelled; nothing was changed' },
  UNEXPECTED: { zh: '出现意外错误：{reason}', en: 'Unexpected error: {reason}' },
} as const;

/** The platform's parts by their names on the screens. */
const OWNER_NAMES: Readonly<Record<Owner, string>> = {
  gateway: '平台（账号与登录）',
  identification: '识别建档',
  pairing: '结对帮扶',
  industry: '产业帮扶',
  training: '技能就业',
  evaluation: '考核评估',
};
export const ownerName = (owner: Owner): string => OWNER_NAMES[owner];

export type LocalCode = keyof typeof LOCAL_MESSAGES;
export type Language = 'zh' | 'en';

/** Renders a code's text with its parameters filled in. */
export function localText(code: LocalCode, params: Readonly<Record<string, string>>, language: Language): string {
  return LOCAL_MESSAGES[code][language].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '');
}

/** Texts for what commander finds wrong with a command, by its own codes; its English message follows. */
export const USAGE_REASONS: Readonly<Record<string, string>> = {
  'commander.unknownCommand': '没有这个命令',
  'commander.unknownOption': '没有这个选项',
  'commander.missingArgument': '缺少参数',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.missingMandatoryOptionValue': '缺少必填选项',
  'commander.excessArguments': '参数太多',
  'commander.invalidArgument': '参数值不对',
};
