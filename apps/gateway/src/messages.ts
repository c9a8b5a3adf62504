import type { Messages } from '@bangfu/platform/http/messages';

/** Texts of the gateway's own refusals. */
export const MESSAGES: Messages = {
  WRONG_CREDENTIALS: { zh: '用户名或密码不正确', en: 'The user name or the password is not right.' },
  TOO_MANY_ATTEMPTS: {
    zh: '尝试次数过多，请在 {minutes} 分钟后再试',
    en: 'Too many attempts. Try again in {minutes} minutes.',
  },
  TOO_FAST: { zh: '尝试次数过多，请在 {seconds} 秒后再试', en: 'Too many attempts. Try again in {seconds} seconds.' },
  SIGN_IN_BUSY: {
    zh: '登录的人较多，请几秒钟后再试；您的密码没有被核对',
    en: 'Many are signing in at the moment. Try again in a few seconds; your password was not looked at.',
  },
  PASSWORD_MUST_CHANGE: {
    zh: '请先修改初始密码，再使用其他功能',
    en: 'Change the password you were given before you go on.',
  },
  WRONG_PASSWORD: { zh: '当前密码不正确', en: 'The current password is not right.' },
  PASSWORD_UNCHANGED: { zh: '新密码不能与当前密码相同', en: 'The new password must differ from the current one.' },
  PASSWORD_TOO_SIMPLE: {
    zh: '密码过于简单：不能包含用户名，且至少含 5 种不同字符',
    en: 'The password is too simple: it must not hold the user name and needs at least five different characters.',
  },
  USERNAME_TAKEN: { zh: '用户名 {username} 已被使用', en: 'The user name {username} is taken.' },
  GRANT_SCOPE_UNFIT: {
    zh: '该角色不能用于所选的管辖范围',
    en: 'The role cannot be held in a scope of this kind.',
  },
  GRANT_LEVEL_UNFIT: {
    zh: '该角色与所选地区的级别不符：县级角色管全县，乡镇角色管一个乡镇，村级角色管一个村',
    en: 'The role does not fit the level: county roles hold the county, township roles a township, village roles a village.',
  },
  GRANT_SCOPE_EMPTY: {
    zh: '第三方评估的授权须写明地区和可以查看的系统',
    en: 'A grant of an evaluator names its regions and services.',
  },
  GRANT_REGION_UNKNOWN: {
    zh: '区划表里没有这个地区，请核对区划代码，或先导入区划表',
    en: 'The region table has no such region. Check the code, or import the table first.',
  },
  GRANT_BOUND_UNKNOWN: {
    zh: '没有找到要绑定的对象（单位、帮扶责任人、经营主体、培训机构、农户或评估项目），请先在对应系统登记',
    en: 'What the grant is bound to does not exist; register it in its service first.',
  },
  GRANT_BOUND_UNCHECKED: {
    zh: '对应系统暂时没有应答，无法核对要绑定的对象，没有授权，请稍后再试',
    en: 'The service that knows what the grant is bound to does not answer. Nothing was given; try again later.',
  },
  GRANT_TOO_LONG: {
    zh: '授权的期限最长 {years} 年，请改早截止日期，或不填截止日期',
    en: 'A grant ends within {years} years, or has no end.',
  },
  GRANT_EXISTS: {
    zh: '这个账号已有同一角色、同一范围的授权；要改期限，请先撤销原来的再重新授权',
    en: 'The account holds this role in this scope already. To change its period, withdraw that grant first.',
  },
  GRANT_WAITS: {
    zh: '这个账号同样的授权正在等待第二名管理员确认，不用重复提交',
    en: 'The same grant waits for a second administrator already.',
  },
  GRANT_TO_ONESELF: {
    zh: '不能给自己授权，请由其他管理员办理',
    en: 'Nobody gives themself a grant; another administrator does.',
  },
  GRANT_OWN_PROPOSAL: {
    zh: '提出授权的人不能自己确认，请由另一名管理员确认',
    en: 'Who proposed a grant cannot confirm it; another administrator does.',
  },
  GRANT_CONFIRMED: { zh: '这项授权已经确认生效', en: 'The grant was confirmed already.' },
  GRANT_NEEDS_UNTIL: {
    zh: '第三方评估的授权必须填写截止时间',
    en: 'A grant of an evaluator needs a time at which it ends.',
  },
  GRANT_ALREADY_OVER: { zh: '授权的截止时间已过', en: 'The grant would end before it begins.' },
  GRANT_BEYOND_OWN: {
    zh: '只能在您自己的管辖范围内授权',
    en: 'A grant can be given only within your own scope.',
  },
  LAST_ADMINISTRATOR: {
    zh: '这是最后一名系统管理员，不能撤销其授权',
    en: 'This is the last system administrator; the grant cannot be withdrawn.',
  },
  LAST_ADMINISTRATOR_STAYS: {
    zh: '这是最后一名系统管理员，不能停用；请先让另一个账号成为系统管理员',
    en: 'This is the last system administrator and cannot be disabled. Make another account an administrator first.',
  },
  ONE_TIME_EXPIRED: {
    zh: '密码正确，但这个一次性密码已超过 {hours} 小时，不能再用；请管理员重置密码',
    en: 'The password is right, but it was handed over more than {hours} hours ago and cannot be used any more. Ask an administrator to reset it.',
  },
  PASSWORD_COMMON: {
    zh: '这个密码太常见或有规律（如 woaini、姓名拼音加数字、键盘连键、生日），容易被猜中，请换一个：可用几个不相干的词连在一起',
    en: 'This password is common or follows a pattern and is easily guessed. Choose another, such as several unrelated words in a row.',
  },
  ACCOUNT_OWN: {
    zh: '不能对自己的账号办理，请由其他管理员办理；改自己的密码请用“修改密码”',
    en: 'This cannot be done to one’s own account; another administrator does it. Your own password is changed under “Change password”.',
  },
  ACCOUNT_BEYOND_OWN: {
    zh: '这个账号有超出您管辖范围的授权，请由管辖范围更大的管理员办理',
    en: 'The account holds grants beyond your own scope; an administrator with a wider one does this.',
  },
  ACCOUNT_DISABLED: { zh: '账号已停用，请先恢复账号', en: 'The account is disabled. Enable it first.' },
  ACCOUNT_NOT_DISABLED: { zh: '账号没有停用，不用恢复', en: 'The account is not disabled.' },
  RESET_WAITS: {
    zh: '这个账号的重置密码已提出，正在等待第二名管理员确认',
    en: 'A reset of this account’s password waits for a second administrator already.',
  },
  RESET_NOT_PROPOSED: {
    zh: '这个账号没有等待确认的重置密码，可能已经确认、撤回，或本人已自行修改密码',
    en: 'No reset of this account’s password waits: it was confirmed or withdrawn, or the owner changed the password.',
  },
  RESET_OWN_PROPOSAL: {
    zh: '提出重置密码的人不能自己确认，请由另一名管理员确认',
    en: 'Who proposed a reset cannot confirm it; another administrator does.',
  },
  KEY_ALREADY_OVER: { zh: '密钥的截止时间已过', en: 'The key would end before it begins.' },
  KEY_TOO_LONG: {
    zh: '密钥的有效期最长 {days} 天，请改早截止日期',
    en: 'A key lasts {days} days at most. Choose an earlier end.',
  },
  GRANT_NOT_HELD: {
    zh: '密钥只能使用您自己现有的授权，请重新选择',
    en: 'A key can only be given grants you hold yourself. Choose again.',
  },
  KEY_CANNOT_MAKE_KEYS: {
    zh: '接口密钥不能用于新建密钥，请登录后操作',
    en: 'A key cannot make keys. Sign in to do so.',
  },
};
