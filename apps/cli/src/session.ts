import { type Connection, call } from '@bangfu/contracts/core/client';
import { fullPath } from '@bangfu/contracts/core/operation';
import { Session, signIn, signOut } from '@bangfu/contracts/gateway/session';
import type { Context } from './context.ts';
import { CliError } from './errors.ts';

/** Where the platform is when BANGFU_URL says nothing. */
const DEFAULT_URL = 'http://127.0.0.1:8080';

function baseUrl(env: NodeJS.ProcessEnv): string {
  const text = env.BANGFU_URL || DEFAULT_URL;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new CliError('SETTING_WRONG', { reason: `BANGFU_URL=${text}，应为 http(s)://主机:端口` });
  }
  return text.replace(/\/+$/, '');
}

/** `fetch` that names a platform nobody answers at. */
function reaching(url: string): typeof fetch {
  return async (input, init) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      if (init?.signal?.aborted) throw error;
      throw new CliError('NOT_REACHABLE', { url });
    }
  };
}

/** A connection without credentials. */
function anonymous(env: NodeJS.ProcessEnv): Connection {
  const url = baseUrl(env);
  const language = env.BANGFU_LANGUAGE === 'en' ? 'en' : 'zh-CN';
  return { baseUrl: url, fetch: reaching(url), headers: () => ({ 'accept-language': language }) };
}

function withHeaders(connection: Connection, more: Record<string, string>): Connection {
  return { ...connection, headers: () => ({ ...connection.headers?.(), ...more }) };
}

async function signedIn(connection: Connection, username: string, password: string): Promise<Connection> {
  const cookies: string[] = [];
  const keeping: typeof fetch = async (input, init) => {
    const answer = await (connection.fetch ?? fetch)(input, init);
    cookies.push(...answer.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? ''));
    return answer;
  };
  const session: Session = await call({ ...connection, fetch: keeping }, signIn, { body: { username, password } });
  return withHeaders(connection, { cookie: cookies.join('; '), [session.csrf.header]: session.csrf.token });
}

/**
 * Does the work with the account of the environment: BANGFU_KEY, or BANGFU_USER and BANGFU_PASSWORD, whose session
 * ends with the work; with neither as the public. @throws ProblemError when the platform refuses
 */
export async function withPlatform<T>(
  { env, output }: Context,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = anonymous(env);
  if (env.BANGFU_KEY) return work(withHeaders(connection, { authorization: `Bearer ${env.BANGFU_KEY}` }));
  if (!env.BANGFU_USER) {
    output.note('没有给出账号（BANGFU_USER 和 BANGFU_PASSWORD，或 BANGFU_KEY），以公众身份访问');
    return work(connection);
  }
  if (!env.BANGFU_PASSWORD) {
    throw new CliError('SETTING_WRONG', { reason: '设了 BANGFU_USER，还须设 BANGFU_PASSWORD' });
  }
  const own = await signedIn(connection, env.BANGFU_USER, env.BANGFU_PASSWORD);
  try {
    return await work(own);
  } finally {
    // The work is done either way: a session that cannot be ended runs out by itself.
    await call(own, signOut).catch(() => output.note(`未能结束登录会话（${fullPath(signOut)}），它会自行到期`));
  }
}
