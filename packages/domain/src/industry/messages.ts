/** Texts of the refusals, findings and alarms of industry; {name} is filled from the parameters, amounts in yuan. */
export const INDUSTRY_MESSAGES = {
  CONTRACT_PERIOD_INVALID: {
    zh: '合同期限不正确({from} 至 {to})',
    en: 'The contract’s period is not valid ({from} to {to})',
  },
  CONTRACT_TOO_EARLY: {
    zh: '合同起始日期 {from} 早于 {first}，请核对年份',
    en: 'The contract begins on {from}, before {first}; check the year',
  },
  CONTRACT_TOO_LONG: {
    zh: '合同期限 {from} 至 {to} 超过 {years} 年，请核对年份',
    en: 'The contract runs from {from} to {to}, more than {years} years; check the year',
  },
  CONTRACT_WITHOUT_HOUSEHOLDS: { zh: '合同没有农户名单', en: 'The contract lists no household' },
  CONTRACT_RATE_INVALID: { zh: '比例须在 0 至 100% 之间', en: 'A rate must lie between 0 and 100 %' },
  CONTRACT_AMOUNT_INVALID: { zh: '金额须大于零', en: 'The amount must be above zero' },
  CONTRACT_PAYS_NOTHING: { zh: '合同没有约定任何收益', en: 'The contract promises the households nothing' },
  CONTRACT_BELOW_GUARANTEE_POLICY: {
    zh: '保底收益率 {rate}% 低于规定的 {least}%',
    en: 'The guaranteed rate of {rate} % is below the {least} % required',
  },
  CONTRACT_BELOW_FIXED_POLICY: {
    zh: '每户分红 {amount} 元低于规定的 {least} 元',
    en: 'The dividend of {amount} yuan a household is below the {least} yuan required',
  },
  CONTRACT_EXPIRED: { zh: '合同已于 {day} 到期', en: 'The contract ended on {day}' },
  CONTRACT_EXPIRES_SOON: {
    zh: '合同将于 {day} 到期，还有 {left} 天',
    en: 'The contract ends on {day}, in {left} days',
  },
  DIVIDEND_STAKE_INVALID: {
    zh: '户编号 {household} 的股金不正确，须大于零且不超过一千万元',
    en: 'The stake of household {household} is not valid: above zero and at most ten million yuan',
  },
  DIVIDEND_DAYS_INVALID: {
    zh: '户编号 {household} 的持股天数 {days} 不正确',
    en: '{days} days held by household {household} are not valid',
  },
  HOUSEHOLD_DAYS_REVERSED: {
    zh: '退出日期 {to} 早于入股日期 {from}',
    en: 'The household would leave on {to}, before it joins on {from}',
  },
  HOUSEHOLD_DAYS_OUTSIDE: {
    zh: '入股日期 {from} 至退出日期 {to} 须在合同期限 {first} 至 {last} 之内',
    en: 'The household’s days, {from} to {to}, must lie within the contract’s, {first} to {last}',
  },
  DIVIDEND_QUANTITY_INVALID: {
    zh: '户编号 {household} 的数量不正确',
    en: 'The quantity of household {household} is not valid',
  },
  DIVIDEND_NO_STAKES: { zh: '没有股金，无法分配利润', en: 'There are no stakes to share the profit over' },
  DIVIDEND_PROFIT_NEGATIVE: { zh: '可分配利润不能为负', en: 'Distributable profit cannot be negative' },
  DIVIDEND_HOUSEHOLD_TWICE: { zh: '户编号 {household} 出现多次', en: 'Household {household} appears more than once' },
  DIVIDEND_HOUSEHOLD_UNKNOWN: {
    zh: '户编号 {household} 不在合同名单中',
    en: 'Household {household} is not on the contract’s list',
  },
  DIVIDEND_HOUSEHOLD_MISSING: {
    zh: '申报名单缺少户编号 {household}',
    en: 'Household {household} is missing from the declaration',
  },
  DIVIDEND_AMOUNT_NEGATIVE: {
    zh: '户编号 {household} 的金额不能为负',
    en: 'The amount of household {household} cannot be negative',
  },
  DIVIDEND_TOTAL_DIFFERS: {
    zh: '各户金额合计 {sum} 元与申报总额 {declared} 元不符',
    en: 'The lines add up to {sum} yuan, not to the {declared} yuan declared',
  },
  DIVIDEND_BELOW_GUARANTEE: {
    zh: '户编号 {household} 分红 {declared} 元，低于保底 {guaranteed} 元',
    en: 'Household {household} gets {declared} yuan, below the guaranteed {guaranteed} yuan',
  },
  DECLARATION_STATUS: { zh: '申报现在不在这一步', en: 'The declaration is at another step now' },
  DECLARATION_NOT_OWN: { zh: '只能由签约经营主体自行申报', en: 'Only the contract’s own entity may declare' },
  DECLARATION_TOO_EARLY: {
    zh: '分红期间到 {day} 才结束，结束后才能申报',
    en: 'The dividend year ends on {day} only; it can be declared after that day',
  },
  DECLARATION_COMPUTING: { zh: '分红明细正在计算，请稍候', en: 'The lines are being computed; wait a moment.' },
  BATCH_EMPTY: {
    zh: '没有可发放的明细；更正、抵扣或账号变更待复核的，复核后才能发放',
    en: 'No line can be paid; those with a correction, a set-off or a change of account under way wait for its decision.',
  },
  ENTITY_CLOSED: {
    zh: '该经营主体已停用，不能再起草、签订合同，变更名单或申报分红',
    en: 'The entity is closed: no contract, list or declaration of it is begun or changed',
  },
  ENTITY_HAS_CONTRACTS: {
    zh: '还有 {count} 份未到期的合同（{names}），终止后才能停用',
    en: '{count} contract(s) have not ended ({names}); end them first',
  },
  ENTITY_HAS_DRAFTS: {
    zh: '还有 {count} 份合同草稿（{names}），删除或签订并终止后才能停用',
    en: '{count} contract(s) are drafts ({names}); delete them first',
  },
  ENTITY_HAS_DECLARATIONS: {
    zh: '还有 {count} 份分红申报未办结（{names}），办结或作废后才能停用',
    en: '{count} declaration(s) are under way ({names}); close or discard them first',
  },
  ENTITY_OWES_YEARS: {
    zh: '还有 {count} 个分红年度没有申报（{names}），申报发放（没有保底又无利润的，由乡镇确认无可分配利润）后才能停用',
    en: '{count} dividend year(s) were never declared ({names}); declare and pay them first, or have them confirmed as without profit',
  },
  CONTRACT_END_DAY: {
    zh: '终止日期 {day} 须在 {first} 至 {last} 之间（首日的前一天表示从未生效）',
    en: 'The last day {day} must lie from {first} to {last} (the day before the first: it never ran)',
  },
  CONTRACT_END_DECLARED: {
    zh: '到 {day} 的分红已经申报，终止日期不能早于这一天',
    en: 'The dividend up to {day} is declared; the last day cannot be before it',
  },
  CONTRACT_END_OPEN: { zh: '已有待复核的终止或退出申请', en: 'An end waits for its decision already' },
  CONTRACT_END_DECIDED: { zh: '该申请已复核', en: 'It is decided already' },
  CONTRACT_END_SAME_PERSON: {
    zh: '终止、退出须由县级或乡镇的另一人复核，申请人和该经营主体的人员不能复核',
    en: 'An end must be decided by another person of county or township, not of the entity',
  },
  CONTRACT_NOT_IN_FORCE: { zh: '合同尚未签订生效', en: 'The contract is not in force.' },
  DECLARATION_YEAR: { zh: '合同在 {year} 年度内没有生效', en: 'The contract was not in force in {year}.' },
  DECLARATION_KNOWN: {
    zh: '该合同 {year} 年度已经申报；还是草稿的，作废后才能另行申报',
    en: 'This contract’s dividend for {year} is declared already; a draft can be discarded first.',
  },
  DECLARATION_NIL: {
    zh: '该合同 {year} 年度已申报无可分配利润；乡镇确认前，经营主体可先撤回再申报',
    en: '{year} is declared as a year with nothing to distribute; until it is confirmed the entity can withdraw that',
  },
  NIL_GUARANTEED: {
    zh: '合同约定了 {rate}% 的保底收益，不论有无利润都须按保底分红，不能申报无可分配利润',
    en: 'The contract guarantees {rate} %, owed whatever the profit; the year cannot be declared as one without',
  },
  NIL_DECIDED: {
    zh: '该无可分配利润申报已确认、退回或撤回',
    en: 'It is confirmed, returned or withdrawn already',
  },
  NIL_SAME_PERSON: {
    zh: '无可分配利润须由乡镇的另一人确认，申报人和该经营主体的人员不能确认',
    en: 'Another person of the township must confirm it, not of the entity',
  },
  DECLARATION_NOBODY: {
    zh: '本期内合同名单上没有农户，不需要申报',
    en: 'No household was on the contract in this period; there is nothing to declare',
  },
  DIVIDEND_ZERO: {
    zh: '按合同约定和可分配利润计算，本期分红合计为 0 元，没有可公示、发放的金额；请核对可分配利润。合同没有保底、本年度确无利润的，请在合同页申报“无可分配利润”（已有草稿先作废）',
    en: 'By the contract and the profit the dividend comes to nothing; there is nothing to post or pay. Check the profit; a year without any, of a contract without a guarantee, is declared as such on the contract’s page',
  },
  DIVIDEND_LINE_TOO_LARGE: {
    zh: '户编号 {household} 的分红计算为 {amount} 元，超过每户上限 {most} 元，请核对可分配利润和股金',
    en: 'Household {household} would get {amount} yuan, more than the {most} a household can; check profit and stakes',
  },
  DECLARATION_OUTDATED: {
    zh: '本草稿的计息天数少于合同在本期内的天数，请点“重新计算”后再提交',
    en: 'The draft counts fewer days than the contract has in the period; compute it again before submitting',
  },
  DECLARATION_DAYS_SHORT: {
    zh: '本申报按 {days} 天计息，少于合同在本期内的 {most} 天，保底可能不足',
    en: 'The declaration counts {days} day(s) of the {most} that the contract has in the period',
  },
  DECLARATION_EMPTY: { zh: '申报没有农户', en: 'The declaration lists no household' },
  DECLARATION_SAME_PERSON: { zh: '申报人不能审核自己的申报', en: 'Whoever declares cannot check the declaration' },
  DECLARATION_REASON_MISSING: { zh: '请填写理由', en: 'A reason must be given' },
  DECLARATION_UNSETTLED: { zh: '还有 {lines} 笔未办结', en: '{lines} line(s) are not settled yet' },
  DECLARATION_CORRECTIONS_OPEN: {
    zh: '还有 {corrections} 笔更正待复核，请先在“更正”中复核',
    en: '{corrections} correction(s) wait for a decision; decide them first',
  },
  DECLARATION_DIFFERS: {
    zh: '还有 {lines} 户确认的金额与发放金额不符，请核实后更正，或重新记录农户确认',
    en: '{lines} household(s) say that another sum reached them; correct the line or take down their word again',
  },
  DECLARATION_OVERDUE: { zh: '分红申报已逾期 {days} 天', en: 'The dividend declaration is {days} days late' },
  CHECK_OVERDUE: { zh: '乡镇审核已逾期 {days} 天', en: 'The township’s check is {days} days late' },
  POSTING_OVERDUE: {
    zh: '{villages}：公示张贴已逾期 {days} 天',
    en: '{villages}: posting the list is {days} days late',
  },
  OBJECTION_OVERDUE: {
    zh: '{villages}：乡镇答复异议已逾期 {days} 天',
    en: '{villages}: the township’s answer to an objection is {days} days late',
  },
  NOTICE_OVERDUE: {
    zh: '{villages}：公示期满，结束公示已逾期 {days} 天',
    en: '{villages}: the notice has run; closing it is {days} days late',
  },
  PAYMENT_OVERDUE: { zh: '分红发放已逾期 {days} 天', en: 'The dividend payment is {days} days late' },
  CLOSING_OVERDUE: { zh: '分红已发放，办结已逾期 {days} 天', en: 'All is paid; closing is {days} days late' },
  NOTICE_SUPERSEDED: {
    zh: '该公示属于以前的一版，申报已退回重报',
    en: 'The notice belongs to an earlier edition; the declaration was drafted again',
  },
  NOTICE_OPENED: { zh: '{village} 的公示已经开始', en: 'The notice of {village} has begun already' },
  NOTICE_NOT_POSTED: { zh: '{village} 的公示尚未开始', en: 'The notice of {village} has not begun' },
  NOTICE_CLOSED: { zh: '{village} 的公示已经结束', en: 'The notice of {village} is closed' },
  OBJECTIONS_TOO_MANY: {
    zh: '这份公示已有很多异议等待答复，暂时不能再提交。可等答复后再提，或直接向公示上的乡镇反映。',
    en: 'Many objections to this notice wait for an answer, so no more can be filed now. Try again after they are answered, or speak to the township named on the notice.',
  },
  OBJECTION_UNREADABLE: {
    zh: '请写明异议的事实，至少 {least} 个看得见的字',
    en: 'Say what is wrong in at least {least} signs that can be seen',
  },
  OBJECTION_BEFORE_NOTICE: { zh: '公示尚未开始', en: 'The notice has not begun' },
  OBJECTION_NONE: { zh: '没有待答复的异议', en: 'No objection waits for an answer' },
  OBJECTION_UNKNOWN: { zh: '没有此异议', en: 'There is no such objection' },
  OBJECTION_ANSWERED: { zh: '该异议已答复', en: 'The objection has been answered' },
  OBJECTION_OPEN: {
    zh: '有异议尚未答复，公示不能结束',
    en: 'An objection is not answered; the notice cannot be closed',
  },
  NOTICE_RUNNING: { zh: '公示期未满，还差 {days} 天', en: 'The notice still has {days} day(s) to run' },
  LINE_NOT_PAYABLE: { zh: '第 {line} 笔不能再次列入发放', en: 'Line {line} cannot be put into a payment' },
  LINE_PAID: { zh: '第 {line} 笔已经发放', en: 'Line {line} has been paid already' },
  LINE_NOT_PAID: { zh: '第 {line} 笔尚未发放', en: 'Line {line} has not been paid' },
  LINE_IN_BATCH: {
    zh: '第 {line} 笔正在银行处理中，请等待回单',
    en: 'Line {line} is with the bank; wait for its receipt',
  },
  LINE_REPLACED: { zh: '第 {line} 笔已被更正', en: 'Line {line} has been replaced' },
  RECEIPT_OTHER_BATCH: { zh: '第 {line} 笔不在此发放批次中', en: 'Line {line} is not in this payment batch' },
  RECEIPT_AMOUNT: {
    zh: '第 {line} 笔银行实发 {paid} 元，应发 {due} 元',
    en: 'The bank paid {paid} yuan on line {line}, {due} were due',
  },
  ACCOUNT_CHANGE_DECIDED: { zh: '该账号变更已复核', en: 'This change of account is decided already' },
  ACCOUNT_CHANGE_SAME_PERSON: {
    zh: '账号变更须由县级或乡镇的另一人复核，申请人和该经营主体的人员不能复核',
    en: 'A change of account must be decided by another person of county or township, not of the entity',
  },
  DECLARATION_CLOSED: {
    zh: '申报已办结，不能再更正或记录收款；银行退汇后会重新进入发放',
    en: 'The declaration is closed: nothing is corrected or confirmed any more; a payment that the bank returns opens it',
  },
  WITNESS_PAYS: {
    zh: '发放方（经营主体、财政）和办理过申报、审核、发放的人不能代记收款，须由农户本人或村、乡镇其他人员记录',
    en: 'Who pays, or declared, checked or batched the payment, cannot confirm it: the household does, or another officer',
  },
  RECEIPT_RETURN_UNPAID: {
    zh: '第 {line} 笔在此批次没有发放成功，不能退汇',
    en: 'Line {line} was never paid in this batch; there is nothing to return',
  },
  RECEIPT_RETURN_COLLECTED: {
    zh: '多发款已由农户退回，退汇后还差农户 {amount} 元：请先在“追回款项”中撤销该笔收回',
    en: 'The household has given money back already and {amount} yuan would be owed to it: reverse that settlement first',
  },
  CORRECTION_MOVES_NOTHING: {
    zh: '转给另一户的金额须大于零',
    en: 'An amount that goes to another household must be above zero',
  },
  CORRECTION_HIGHER_HAND: {
    zh: '户 {household} 更正为 {amount} 元，超过经办人员可以复核的 {most} 元，须由县领导复核',
    en: 'Household {household} would get {amount} yuan, more than the {most} the offices may decide: the county leader does',
  },
  BANK_FILE_ANSWERED: {
    zh: '银行已对本批次回单，代发文件不再提供，以免重复发放',
    en: 'The bank has answered this batch: its file is not handed out any more, so that nothing is paid twice',
  },
  BANK_FILE_OTHER_FORMAT: {
    zh: '本批次的代发文件已生成为 {format} 格式，只能下载同一份',
    en: 'The file of this batch was made as {format}; only that one is handed out',
  },
  BATCH_CANCELLED: { zh: '批次已撤销', en: 'The batch is cancelled' },
  BATCH_ANSWERED: {
    zh: '银行已对本批次回单，不能撤销',
    en: 'The bank has answered this batch; it cannot be cancelled',
  },
  BATCH_CANCEL_ASKED: { zh: '本批次正在申请撤销，请先复核', en: 'Cancelling the batch waits for a decision' },
  BATCH_CANCEL_NONE: { zh: '没有待复核的撤销申请', en: 'No cancelling waits for a decision' },
  BATCH_CANCEL_SAME_PERSON: {
    zh: '撤销批次须由另一人复核',
    en: 'Cancelling a batch must be decided by another person',
  },
  CLAIM_SETTLED: {
    zh: '这笔款项已全部收回、抵扣或正在复核',
    en: 'The claim is settled, or what settles it waits for a decision',
  },
  SETTLEMENT_TOO_LARGE: {
    zh: '金额须大于零，最多 {most} 元',
    en: 'The amount must be above zero and at most {most} yuan',
  },
  SETTLEMENT_INCOMPLETE: {
    zh: '收回须填写日期和收据号或流水号；抵扣须选择要抵扣的明细',
    en: 'Money collected needs its day and the number of its receipt; a set-off needs the line',
  },
  SETTLEMENT_DECIDED: { zh: '这笔收回或抵扣已复核', en: 'The settlement is decided already' },
  SETTLEMENT_SAME_PERSON: {
    zh: '收回、抵扣和撤销须由另一人复核',
    en: 'A settlement must be decided by another person',
  },
  SETTLEMENT_FINAL: {
    zh: '只能撤销已复核通过、且没有撤销过的收回或抵扣',
    en: 'Only an approved settlement can be reversed, and once',
  },
  SET_OFF_OTHER_HOUSEHOLD: { zh: '只能抵扣同一户的待发放明细', en: 'Only a line of the same household can be set off' },
  SET_OFF_OTHER_ENTITY: {
    zh: '只能抵扣同一经营主体应发给该户的明细',
    en: 'Only a line that the same entity owes the household can be set off',
  },
  CORRECTION_SAME_PERSON: { zh: '更正须由另一人复核', en: 'A correction must be checked by another person' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;
