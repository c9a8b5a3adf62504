import type { Messages } from '@bangfu/service-kit/http/messages';

/** Texts of the gateway's own refusals. */
export const MESSAGES: Messages = {
  WRONG_CREDENTIALS: { zh: '用户名或密码不正确', en: 'The user name or the password is not right.' },
  TOO_MANY_ATTEMPTS: {
    zh: '尝试次数过多，请在 {minutes} 分钟后再试',
    en: 'Too many attempts. Try again in {minutes} minutes.',
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
  KEY_CANNOT_MAKE_KEYS: {
    zh: '接口密钥不能用于新建密钥，请登录后操作',
    en: 'A key cannot make keys. Sign in to do so.',
  },
};
