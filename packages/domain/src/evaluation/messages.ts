/** Texts of the refusals and findings of evaluation; {name} is filled from the parameters. */
export const EVALUATION_MESSAGES = {
  FRAME_EMPTY: { zh: '抽样框没有农户', en: 'The frame holds no household' },
  FRAME_HOUSEHOLD_TWICE: {
    zh: '户编号 {household} 在抽样框中重复',
    en: 'Household {household} appears twice in the frame',
  },
  FRAME_ROW_INVALID: {
    zh: '户编号 {household} 的人数或村代码不正确',
    en: 'Persons or village code of household {household} are not valid',
  },
  SEED_INVALID: {
    zh: '随机种子须为 20 至 200 个可打印 ASCII 字符,首尾不能是空格',
    en: 'The seed must be 20 to 200 printable ASCII characters without outer blanks',
  },
  SAMPLE_VILLAGES_INVALID: {
    zh: '抽取村数 {count} 不正确(共有 {villages} 个村)',
    en: '{count} villages cannot be drawn from {villages}',
  },
  SAMPLE_TAKE_INVALID: { zh: '各层抽取户数不正确', en: 'The numbers of households to draw are not valid' },
  REPLACEMENT_VILLAGE: {
    zh: '户编号 {household} 不在该村样本中',
    en: 'Household {household} is not in this village’s sample',
  },
  REPLACEMENTS_USED_UP: {
    zh: '户编号 {household} 所在层的替换名单已用完',
    en: 'The replacement list for household {household} is used up',
  },
  RETURN_DATE_OUTSIDE: { zh: '调查日期不在评估期内', en: 'The visit lies outside the field period' },
  RETURN_ANSWERS_MISSING: { zh: '问卷未填完整', en: 'Answers are missing' },
  RETURN_ANSWERS_WITHOUT_INTERVIEW: {
    zh: '未访谈到的户不应有答案',
    en: 'There are answers though nobody was interviewed',
  },
  RETURN_PERSONS_INVALID: { zh: '人数不正确', en: 'A number of persons is not valid' },
  RETURN_INCOME_INVALID: { zh: '收入须为整分金额', en: 'The income is not whole fen' },
  RETURN_WRONG_EXIT_STRATUM: { zh: '只有脱贫户可判为错退', en: 'Only an exited household can be wrongly exited' },
  RETURN_MISSED_STRATUM: { zh: '只有一般农户可判为漏评', en: 'Only a household not registered can be missed' },
  RETURN_MORE_THAN_PERSONS: { zh: '错退或漏评人数超过家庭人口', en: 'More persons are judged than the household has' },
  RETURN_JUDGEMENT_MISSING: { zh: '判为错退或漏评须说明理由', en: 'A judgement needs its reason' },
  RETURN_EVIDENCE_MISSING: { zh: '判为错退或漏评须附证据', en: 'A judgement needs evidence' },
  RETURN_CORRECTS_ITSELF: { zh: '更正的问卷不能是其自身', en: 'A return cannot correct itself' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
