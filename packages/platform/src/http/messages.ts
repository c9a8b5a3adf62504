import { LIST_MESSAGES } from './list-messages.ts';

/** Texts of the kit's own refusals, zh-CN and en; a service adds the messages of its domain context. */
export type Messages = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export const KIT_MESSAGES: Messages = {
  ...LIST_MESSAGES,
  NOT_SIGNED_IN: {
    zh: '尚未登录，或登录已过期，请重新登录',
    en: 'Not signed in, or the session has ended. Sign in again.',
  },
  NOT_GRANTED: { zh: '您的账号没有此项权限', en: 'Your account is not granted this operation.' },
  STEP_NOT_YOURS: { zh: '您的岗位不办理这一步', en: 'This step is not among your tasks.' },
  STEP_ELSEWHERE: { zh: '不在您的办理范围内', en: 'It lies outside the scope of your tasks.' },
  NOT_FOUND: { zh: '没有找到，或不在您的管辖范围内', en: 'Not found, or outside your scope.' },
  INVALID_INPUT: { zh: '填写内容不符合要求，请按提示修改', en: 'The input is not as required; see the hints.' },
  INPUT_UNKNOWN: {
    zh: '请求里有系统不认识的内容：{names}。什么也没有执行，请改正后再试',
    en: 'The request holds what is not known here: {names}. Nothing was done; correct it and try again.',
  },
  QUERY_REPEATED: {
    zh: '地址里 {names} 写了不止一次，请只留一个',
    en: 'The address gives {names} more than once. Leave one of them.',
  },
  NOT_JSON: { zh: '请求内容不是合法的 JSON', en: 'The request body is not JSON.' },
  CHANGED_MEANWHILE: {
    zh: '这条记录已被他人修改，请核对最新内容后再提交',
    en: 'Someone else changed this record meanwhile. Check its current state and submit again.',
  },
  EXISTS_MEANWHILE: {
    zh: '同样的记录刚刚已由他人保存，请刷新后核对',
    en: 'The same record was saved by someone else just now. Reload and check.',
  },
  CROSSED: {
    zh: '多人同时修改，本次没有保存，请再提交一次',
    en: 'Several people changed this at once and nothing of yours was saved. Submit again.',
  },
  KEY_INVALID: { zh: '提交编号（Idempotency-Key）过长', en: 'The Idempotency-Key is too long.' },
  KEY_REUSED: {
    zh: '同一提交编号已用于另一内容，请刷新后重新提交',
    en: 'This Idempotency-Key was used with another body.',
  },
  SHOWN_ONCE: {
    zh: '这次提交已经办好。其中的密码或密钥只显示一次、系统不留存，不能再次显示；如没有记下，请重置密码或撤销后另建密钥',
    en: 'This was done already. The password or key in its answer was shown once and is kept nowhere; if it was lost, reset the password, or withdraw the key and make another.',
  },
  CSRF: { zh: '页面已失效，请刷新后重试', en: 'The page is stale. Reload and try again.' },
  FILE_TOO_LARGE: { zh: '文件超过 {megabytes} MB 上限', en: 'The file exceeds the limit of {megabytes} MB.' },
  FILE_GONE: {
    zh: '上传的文件已不在，请重新上传',
    en: 'The uploaded file is no longer there. Upload it again.',
  },
  PHOTOS_BUSY: {
    zh: '正在上传的照片较多，请稍等片刻再上传；这张没有保存',
    en: 'Many photos are coming in at the moment; wait a little and send this one again. It was not kept.',
  },
  PHOTO_NOT_AN_IMAGE: { zh: '照片须为 JPEG 或 PNG 格式', en: 'A photo must be a JPEG or PNG.' },
  PHOTO_BROKEN: {
    zh: '这张照片的文件不完整或已损坏，无法显示为图片，请重新拍摄或另选一张',
    en: 'This photo’s file is incomplete or damaged and cannot be read as a picture. Take it again or choose another.',
  },
  PHOTO_TOO_MANY_PIXELS: {
    zh: '照片尺寸过大（{width}×{height} 像素）：总像素不能超过 {megapixels} 百万，每边不能超过 {side} 像素，请缩小后再上传',
    en: 'The photo is too large ({width}×{height} pixels): at most {megapixels} megapixels, and {side} pixels a side. Make it smaller and upload it again.',
  },
  PHOTO_UNKNOWN: { zh: '照片尚未上传，请重新选择', en: 'A photo was not uploaded; choose it again.' },
  NOT_A_WORKBOOK: {
    zh: '这不是电子表格文件，请上传 .xlsx、.xls、.et、.ods 或 .csv',
    en: 'This is not a spreadsheet file; .xlsx, .xls, .et, .ods and .csv are read.',
  },
  WORKBOOK_EMPTY: { zh: '文件里没有内容', en: 'The file holds nothing.' },
  WORKBOOK_MARKUP: {
    zh: '这是网页（或 2003 版 XML）另存的表格，不是电子表格文件。请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”后再上传',
    en: 'This is a web page (or XML of 2003) with a spreadsheet’s name. Open it in Excel or WPS, save it as .xlsx, and upload that.',
  },
  TEXT_QUOTE_OPEN: {
    zh: '文本文件在 {place} 有一个没有配对的引号，后面的行会丢失，因此没有读取。请改正该处的引号，或另存为 .xlsx 后再上传',
    en: 'A quote that begins at {place} is not closed, so rows after it would be lost and nothing was read. Correct it there, or save the file as .xlsx.',
  },
  WORKBOOK_TOO_LARGE: { zh: '文件超出限制（{detail}）{place}', en: 'The file exceeds a limit ({detail}) {place}' },
  'WORKBOOK_TOO_LARGE.file': { zh: '文件过大', en: 'size of the file' },
  'WORKBOOK_TOO_LARGE.rows': { zh: '行数过多', en: 'number of rows' },
  'WORKBOOK_TOO_LARGE.sheets': { zh: '工作表过多', en: 'number of sheets' },
  'WORKBOOK_TOO_LARGE.cells': { zh: '单元格过多', en: 'number of cells' },
  'WORKBOOK_TOO_LARGE.strings': { zh: '文字总量过大', en: 'amount of text' },
  'WORKBOOK_TOO_LARGE.text': { zh: '文字总量过大', en: 'amount of text' },
  'WORKBOOK_TOO_LARGE.columns': { zh: '列数过多', en: 'number of columns' },
  'WORKBOOK_TOO_LARGE.row': { zh: '一行的内容过长', en: 'length of a row' },
  'WORKBOOK_TOO_LARGE.cell': { zh: '单元格内容过长', en: 'length of a cell' },
  'WORKBOOK_TOO_LARGE.merges': { zh: '合并单元格过多', en: 'number of merged cells' },
  'WORKBOOK_TOO_LARGE.memory': { zh: '读取所需内存过大', en: 'memory needed to read it' },
  'WORKBOOK_TOO_LARGE.time': { zh: '读取时间过长', en: 'time needed to read it' },
  PAPERS_BUSY: {
    zh: '正在打印的人较多，请过一两分钟再打印；本次没有生成文件',
    en: 'Many papers are being made at the moment; try again in a minute or two. None was made.',
  },
  PAPER_TOO_LARGE: {
    zh: '内容过多，无法打印成一份文件。请缩小范围，或导出为电子表格',
    en: 'This is too much for one paper. Choose less, or export it as a workbook.',
  },
  READERS_BUSY: {
    zh: '正在读取的文件较多，请过几分钟再试；本次没有读取',
    en: 'Many files are being read at the moment; try again in a few minutes. This one was not read.',
  },
  ZIP_BOMB: { zh: '文件的压缩内容异常，已拒绝读取', en: 'The file’s compression is abnormal; it was not read.' },
  WORKBOOK_ENCRYPTED: {
    zh: '文件设有密码，请去掉密码后再上传',
    en: 'The file is encrypted; remove its password first.',
  },
  WORKBOOK_BROKEN: { zh: '文件已损坏，请重新保存后再上传', en: 'The file is damaged; save it again and upload it.' },
  TOO_LARGE: {
    zh: '提交的内容超过 {kilobytes} kB 上限，没有读取。请减少内容，或分几次提交',
    en: 'The request exceeds the limit of {kilobytes} kB and was not read. Shorten it, or submit it in parts.',
  },
  HEADER_TOO_LARGE: {
    zh: '地址或请求头过长，没有读取。请减少筛选条件后再试',
    en: 'The address or the headers of the request are too long and were not read. Use fewer filters and try again.',
  },
  BODY_SLOW: {
    zh: '提交的内容长时间没有传完，已停止接收，什么也没有执行。请检查网络后重新提交',
    en: 'The request did not arrive in time and was given up; nothing was done. Check the network and submit it again.',
  },
  BODY_BROKEN: {
    zh: '提交的内容没有传完就中断了，什么也没有执行。请重新提交',
    en: 'The request broke off before its end; nothing was done. Submit it again.',
  },
  NOT_HTTP: { zh: '请求的格式不对，没有执行', en: 'The request is not written as HTTP demands; nothing was done.' },
  JSON_TOO_DEEP: {
    zh: '请求内容嵌套超过 {limit} 层，没有读取',
    en: 'The request is nested more than {limit} levels deep and was not read.',
  },
  JSON_TOO_MANY: {
    zh: '请求内容超过 {limit} 项，没有读取。请分几次提交',
    en: 'The request holds more than {limit} values and was not read. Submit it in parts.',
  },
  CURSOR_INVALID: {
    zh: '翻页位置已失效，请从第一页开始',
    en: 'The page cursor is not valid; start from the first page.',
  },
  CURSOR_OF_OTHER_ORDER: {
    zh: '排序已改变，翻页位置不再适用，请从第一页开始',
    en: 'The list is sorted otherwise now; start from its first page.',
  },
  JOB_NOT_CANCELLABLE: { zh: '任务已结束，不能取消', en: 'The job has ended and cannot be cancelled.' },
  CANCELLED: { zh: '任务已被取消，没有留下任何改动', en: 'The job was cancelled; nothing was changed.' },
  JOB_GAVE_UP: {
    zh: '处理这项任务的程序连续 {attempts} 次意外中断，任务已停止，没有留下任何改动；请核对文件或数据后重新提交，仍不成功的请告诉管理员',
    en: 'The process that worked on this ended unexpectedly {attempts} times; the job was stopped and nothing was changed. Check the file or the data and submit it again; tell the administrator if it fails again.',
  },
  JOB_TOO_SLOW: {
    zh: '任务的一步超过了时间上限，任务已停止，没有留下任何改动；请缩小范围后重新提交',
    en: 'A step of the job took longer than it may; the job was stopped and nothing was changed. Choose a smaller range and submit it again.',
  },
  SERVICE_DOWN: {
    zh: '服务暂时不可用，您的数据没有丢失，请稍后重试',
    en: 'The service is not available for the moment; nothing was lost. Try again shortly.',
  },
  DATABASE_UNAVAILABLE: {
    zh: '数据库暂时不可用，已保存的内容没有丢失，请稍后重试；同一次提交重复发送只生效一次',
    en: 'The database is not available for the moment; nothing saved was lost. Try again shortly: the same act sent again takes effect once.',
  },
  DISK_LOW: {
    zh: '服务器磁盘空间不足，暂时不能上传文件，其他功能不受影响；请联系管理员清出空间后再上传',
    en: 'The server’s disk is almost full, so no file can be uploaded for now; everything else works. Ask the administrator to make room, then upload it again.',
  },
  DATABASE_FULL: {
    zh: '数据库所在磁盘已满，暂时不能保存；已保存的内容没有丢失。请联系管理员清出磁盘空间',
    en: 'The disk of the database is full and nothing can be saved for now; what was saved is kept. Ask the administrator to make room.',
  },
  TOO_SLOW: {
    zh: '处理时间超过上限，已停止，没有作任何更改；请缩小范围后再试',
    en: 'This took longer than it may and was stopped; nothing was changed. Choose a smaller range and try again.',
  },
  BUSY: {
    zh: '系统正忙（前面有较大的任务），本次没有执行，请稍后再试',
    en: 'The system is busy with larger work and this was not done. Try again shortly.',
  },
  FILES_BUSY: {
    zh: '正在导出的人较多，请等一两分钟再导出；本次没有产生文件',
    en: 'Many files are being sent out at the moment; wait a minute or two and try again. No file was made.',
  },
  AMOUNT_NEGATIVE: { zh: '金额不能为负', en: 'An amount cannot be negative.' },
  SUM_TOO_LARGE: {
    zh: '金额合计超过上限 {most} 元，请核对是否多写了零',
    en: 'The amounts come to more than {most} yuan. Check for a zero too many.',
  },
  DAY_TOO_EARLY: {
    zh: '日期 {day} 早于 {from}，请核对年月日',
    en: 'The day {day} lies before {from}. Check year, month and day.',
  },
  DAY_TOO_LATE: {
    zh: '日期 {day} 晚于 {until}，请核对年月日',
    en: 'The day {day} lies after {until}. Check year, month and day.',
  },
  DAY_UNUSUAL: {
    zh: '日期 {day} 与 {around} 相差超过 {days} 天，请核对年份；确实无误的，请确认后再提交',
    en: 'The day {day} is more than {days} days from {around}. Check the year; if it is meant, say so and submit again.',
  },
  POLICY_NONE: { zh: '{day} 尚无这项政策', en: 'No version of this policy is in force on {day}.' },
  POLICY_YEAR_MISSING: {
    zh: '{year} 年没有“{policy}”，不能沿用其他年度的标准。请先由县级业务起草、县领导批准 {year} 年的版本',
    en: 'There is no “{policyEn}” for {year}, and no other year’s is used. Have a version for {year} drafted and approved first.',
  },
  POLICY_DAY_PAST: {
    zh: '政策只能从今天（{today}）或以后施行：从 {day} 施行会改变已经作出的决定',
    en: 'A policy takes effect today ({today}) or later: from {day} on it would change what was decided already.',
  },
  POLICY_DAY_TAKEN: {
    zh: '本县已有一个自 {day} 施行的版本。请另选日期，或先撤回那个版本',
    en: 'The county has a version that takes effect on {day}. Choose another day, or withdraw that version first.',
  },
  POLICY_NOT_NEW_YEAR: {
    zh: '年度政策按年制定，施行日期应为元旦，而不是 {day}',
    en: 'A yearly policy is set for a year: it takes effect on 1 January, not on {day}.',
  },
  POLICY_YEAR_DECIDED: {
    zh: '{year} 年已有标准，并可能已据以作出决定，不能再改',
    en: 'There is a version for {year}, and decisions may rest on it; it cannot be changed any more.',
  },
  POLICY_NOT_DRAFT: { zh: '只有草稿可以批准', en: 'Only a draft can be approved.' },
  POLICY_OWN: {
    zh: '草稿由您起草，须由另一人批准',
    en: 'You drafted this version; another person approves it.',
  },
  POLICY_WITHDRAWN: { zh: '这个版本已经撤回', en: 'This version is withdrawn already.' },
  POLICY_BEGUN: {
    zh: '这个版本已自 {day} 起施行，不能撤回；如需更改，请起草新的版本',
    en: 'This version has been in force since {day} and is not withdrawn any more; draft another one to change it.',
  },
  POLICY_APPROVER_WITHDRAWS: {
    zh: '这个版本由您批准，须由另一人撤回',
    en: 'You approved this version; another person withdraws it.',
  },
  RECORD_UNSHOWN: {
    zh: '这条记录的“{fields}”超出可以显示的范围，没有作任何改动。请把编号告诉管理员',
    en: '“{fields}” of this record is beyond what can be shown, and nothing was changed. Quote the number to your administrator.',
  },
  DONE_UNSHOWN: {
    zh: '操作已经生效，只是结果没能显示。请刷新页面查看，不要重复提交；如有疑问，请把编号告诉管理员',
    en: 'It was done; only its result could not be shown. Reload the page to see it, do not submit again, and quote the number if in doubt.',
  },
  UNEXPECTED: {
    zh: '系统出现意外错误，操作没有生效。请把编号告诉管理员',
    en: 'Something unexpected happened and nothing was changed. Quote the number to your administrator.',
  },
};

/**
 * Fills {params} into the text of a code, in the language asked for; an unknown code says itself. A param that is a
 * word of the program is said by the text `CODE.word`, where there is one.
 */
export function render(
  messages: Messages,
  code: string,
  params: Readonly<Record<string, string | number>>,
  language: 'zh' | 'en',
): string {
  const text = messages[code]?.[language] ?? code;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    return messages[`${code}.${value}`]?.[language] ?? value;
  });
}

/** The reader's language by Accept-Language: zh-CN unless English is preferred. */
export function languageOf(header: string | undefined): 'zh' | 'en' {
  const first = header?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'zh';
}
