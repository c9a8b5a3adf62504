import type { Connection } from '@bangfu/contracts/core/client';
import { call } from '@bangfu/contracts/core/client';
import { signIn } from '@bangfu/contracts/gateway/session';

/** Signs in over the API and hands back the connection of that session. */
export async function connectAs(baseUrl: string, username: string, password: string): Promise<Connection> {
  let cookie = '';
  const withCookie: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    if (cookie) headers.set('cookie', cookie);
    const answer = await fetch(input, { ...init, headers });
    const given = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (given.length > 0) cookie = given.join('; ');
    return answer;
  };
  const session = await call({ baseUrl, fetch: withCookie }, signIn, { body: { username, password } });
  return { baseUrl, fetch: withCookie, headers: () => ({ [session.csrf.header]: session.csrf.token }) };
}
