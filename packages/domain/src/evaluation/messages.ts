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
    zh: '随机种子须为 20 至 200 个可打印 ASCII 字符，首尾不能是空格',
    en: 'The seed must be 20 to 200 printable ASCII characters without outer blanks',
  },
  SAMPLE_VILLAGES_INVALID: {
    zh: '方案要抽 {count} 个村，评估范围内有农户的村只有 {villages} 个，请修改方案',
    en: 'The plan wants {count} villages, the scope has {villages} with households; change the plan',
  },
  SAMPLE_TAKE_INVALID: { zh: '各层抽取户数不正确', en: 'The numbers of households to draw are not valid' },
  SAMPLE_STRATUM_LEFT_OUT: {
    zh: '脱贫户、监测对象、一般农户凡在抽样框里有户的，每村都要抽到：这些户计入错退率或漏评率',
    en: 'Draw at least one household of each stratum that the frame has: exited, monitored and ordinary count in a rate',
  },
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
  RETURN_WRONG_EXIT_STRATUM: {
    zh: '只有脱贫户（包括脱贫不稳定户）可判为错退',
    en: 'Only an exited household, monitored or not, can be wrongly exited',
  },
  RETURN_MISSED_STRATUM: {
    zh: '只有未建档的户（包括边缘易致贫户）可判为漏评',
    en: 'Only a household never registered, monitored or not, can be missed',
  },
  RETURN_MORE_THAN_PERSONS: { zh: '错退或漏评人数超过家庭人口', en: 'More persons are judged than the household has' },
  RETURN_JUDGEMENT_MISSING: { zh: '判为错退或漏评须说明理由', en: 'A judgement needs its reason' },
  RETURN_EVIDENCE_MISSING: { zh: '判为错退或漏评须附证据', en: 'A judgement needs evidence' },
  RETURN_CORRECTS_ITSELF: { zh: '更正的问卷不能是其自身', en: 'A return cannot correct itself' },
  EVALUATION_NOT_DRAFT: {
    zh: '抽样框已经固定或正在固定，方案不能再改',
    en: 'The frame is frozen or being frozen; the plan cannot change any more',
  },
  EVALUATION_NOT_FROZEN: {
    zh: '须先固定抽样框，种子只能公布一次',
    en: 'The frame must be frozen first, and a seed is published only once',
  },
  EVALUATION_NOT_SEEDED: {
    zh: '须先公布随机种子，样本只能抽取一次',
    en: 'The seed must be published first, and a sample is drawn only once',
  },
  SEED_PLAN_MISSING: {
    zh: '固定抽样框之前，须在方案中写明种子来源：公开事件及其日期，或评估员种子的校验值',
    en: 'Before the frame is frozen the plan must say where the seed comes from: an event and its day, or a commitment',
  },
  SEED_DAY_INVALID: {
    zh: '公开事件的日期须晚于抽样框日期 {frame}，且不晚于调查开始 {field}',
    en: 'The public event must be later than the frame’s day {frame} and not later than the field work’s begin {field}',
  },
  SEED_EVENT_NOT_YET: {
    zh: '种子来源“{event}”在 {day}，当天起才能公布',
    en: 'The seed’s event “{event}” is on {day}; it can be published from that day on',
  },
  SEED_SOURCE_FIXED: {
    zh: '种子来源已在方案中固定为“{source}”，不能另填',
    en: 'The plan fixed the seed’s source as “{source}”',
  },
  SEED_SOURCE_MISSING: { zh: '请填写种子来源', en: 'The seed’s source is missing' },
  SEED_IS_EVALUATORS: {
    zh: '本项目的种子由评估员保管，请导入其签名的种子文件',
    en: 'The evaluator holds this seed; import the file in which it is revealed and signed',
  },
  SEED_NOT_EVALUATORS: {
    zh: '本项目的种子来自公开事件，不从文件导入',
    en: 'The seed of this evaluation comes from a public event, not from a file',
  },
  SEED_NOT_AS_COMMITTED: {
    zh: '文件中的种子与固定抽样框之前登记的校验值不符',
    en: 'The seed in the file is not the one that was committed to before the frame was frozen',
  },
  SEED_BY_FREEZER: {
    zh: '抽样框由您的账号固定，种子须由另一账号公布',
    en: 'Your account froze the frame; another account must give the seed',
  },
  RETURNS_BY_FREEZER: {
    zh: '抽样框由您的账号固定，问卷须由第三个账号导入',
    en: 'Your account froze the frame; a third account must import the returns',
  },
  RETURNS_BY_SEEDER: {
    zh: '种子由您的账号公布，问卷须由第三个账号导入',
    en: 'Your account gave the seed; a third account must import the returns',
  },
  EVALUATOR_KEY_MISSING: {
    zh: '须先登记评估员签名公钥的指纹',
    en: 'The fingerprint of the evaluator’s key must be registered first',
  },
  EVALUATOR_KEY_TOO_LATE: {
    zh: '样本已经抽取，不能再登记签名公钥',
    en: 'The sample is drawn; a key can be registered only before',
  },
  EVALUATOR_KEY_FIXED: {
    zh: '签名公钥已经登记，抽样框固定之后不能更换',
    en: 'A key is registered and cannot be replaced once the frame is frozen',
  },
  NOT_A_SIGNED_FILE: {
    zh: '文件没有签名：请评估员用核验程序签名后提供 .signed.zip 文件',
    en: 'The file is not signed: the evaluator signs it with the verifier, which writes a .signed.zip file',
  },
  SIGNED_FILE_ALTERED: {
    zh: '文件在签名之后被改动过，不能导入',
    en: 'The file was altered after it was signed and is not imported',
  },
  SIGNER_NOT_REGISTERED: {
    zh: '文件不是由登记的公钥签名的（文件的公钥指纹 {fingerprint}）',
    en: 'The file was not signed with the registered key (its fingerprint is {fingerprint})',
  },
  SIGNED_FOR_OTHER_EVALUATION: {
    zh: '文件是为另一个评估项目签名的',
    en: 'The file was signed for another evaluation',
  },
  SIGNED_FOR_OTHER_PURPOSE: {
    zh: '文件签名的用途不对：种子文件和问卷文件不能互换',
    en: 'The file was signed for another purpose: a seed is no file of returns, nor the other way round',
  },
  SAMPLE_CLOSED: {
    zh: '问卷收齐之前，样本户名单只对本项目的评估员开放',
    en: 'Until the returns are in, the names of the sample are open to its own evaluator only',
  },
  EVALUATION_NOT_DRAWN: { zh: '样本尚未抽取', en: 'The sample is not drawn yet' },
  EVALUATION_PERIOD_INVALID: {
    zh: '日期不正确：抽样框日期不晚于调查开始，调查开始不晚于结束',
    en: 'The dates are not in order: frame, begin of the field period, its end',
  },
  EVALUATION_PERIOD_TOO_LONG: {
    zh: '调查最晚应在 {until} 结束（抽样框日期后一年内），所填 {day} 请核对年份',
    en: 'The field period ends by {until}, within a year of the frame; check the year of {day}.',
  },
  FRAME_DATE_NOT_TODAY: {
    zh: '抽样框日期是 {date}，只能在当天固定（今天是 {today}），请先修改日期',
    en: 'The frame’s date is {date} and it can be frozen on that day only (today is {today})',
  },
  NOT_A_RETURN_FILE: { zh: '这不是调查表：缺少列 {missing}', en: 'This is not a file of returns: it lacks {missing}' },
  RETURN_FILE_EMPTY: { zh: '文件里没有填写过的问卷', en: 'No row of the file has an answer' },
  RETURN_FILE_TWICE: { zh: '这份问卷文件已经导入过，不重复导入', en: 'This very file was imported already' },
  RETURN_ID_MISSING: { zh: '缺少问卷编号', en: 'The number of the return is missing' },
  RETURN_HOUSEHOLD_MISSING: { zh: '缺少户编号', en: 'The household number is missing' },
  RETURN_OUTCOME_UNKNOWN: {
    zh: '调查结果须为：访谈完成、整户迁出、三次无人、拒绝访谈、查无此户',
    en: 'The outcome is not one of the five words',
  },
  RETURN_DATE_INVALID: { zh: '调查日期须写成 2026-07-01', en: 'The date must be written like 2026-07-01' },
  RETURN_NUMBER_INVALID: { zh: '须为数字', en: 'A number is needed' },
  RETURN_WORD_UNKNOWN: { zh: '填写的词不在选项之内', en: 'The word is not one of the choices' },
  RETURN_EVIDENCE_INVALID: { zh: '证据须为 64 位校验值，多个用分号隔开', en: 'Evidence must be SHA-256 values' },
  RETURN_CELL_UNKNOWN: {
    zh: '单元格是错误值、没有计算结果的公式、打了星号，或号码丢了末几位',
    en: 'The cell is an error, a formula without a result, covered by stars, or a number that lost digits',
  },
  RETURN_FILE_SHEETS: {
    zh: '文件里有多张填写了问卷的工作表（{sheets}），请每张工作表存成一份文件',
    en: 'Several sheets of the file hold returns ({sheets}); save each as a file of its own',
  },
  RETURN_NOT_IN_SAMPLE: { zh: '该户不在样本和替换名单中', en: 'The household is neither drawn nor listed to replace' },
  RETURN_ID_TWICE: { zh: '问卷编号已经用过', en: 'The number of the return is used already' },
  RETURN_HOUSEHOLD_TWICE: {
    zh: '该户已有问卷，更正须填更正问卷编号',
    en: 'The household has a return; a correction must name it',
  },
  RETURN_CORRECTS_UNKNOWN: { zh: '没有要更正的那份问卷', en: 'There is no such return to correct' },
  RETURN_CORRECTS_OTHER_HOUSEHOLD: {
    zh: '要更正的问卷属于另一户',
    en: 'The return to correct is of another household',
  },
  RETURN_CORRECTED_ALREADY: {
    zh: '这份问卷已被更正，请更正最新的一份',
    en: 'That return was corrected already; correct the latest one',
  },
  RETURN_REPLACEMENT_NOT_DUE: {
    zh: '还没有轮到该替换户：须有样本户访谈未成，并按替换名单顺序使用',
    en: 'This replacement’s turn has not come: replacements are used in order for households that failed',
  },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
