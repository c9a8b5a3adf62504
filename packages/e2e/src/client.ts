import type { Connection } from '@bangfu/contracts/core/client';
import { call } from '@bangfu/contracts/core/client';
import { createAccount } from '@bangfu/contracts/gateway/accounts';
import { changePassword, signIn } from '@bangfu/contracts/gateway/session';
import type { Grant } from '@bangfu/domain/shared/roles';

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

/** The first sign-in of an account: the password that was handed over is changed for an own one. */
export async function connectFirst(
  baseUrl: string,
  username: string,
  handedOver: string,
  own: string,
): Promise<Connection> {
  const first = await connectAs(baseUrl, username, handedOver);
  await call(first, changePassword, { body: { current: handedOver, next: own } });
  return first;
}

/** Makes an account and signs in by it for the first time. */
export async function accountOf(
  admin: Connection,
  account: { readonly username: string; readonly name: string; readonly grants: readonly Grant[] },
  password: string,
): Promise<{ readonly id: string; readonly proposed: number; readonly connection: Connection }> {
  const { username, name } = account;
  const made = await call(admin, createAccount, { body: { username, name, grants: [...account.grants] } });
  const connection = await connectFirst(admin.baseUrl, username, made.oneTimePassword ?? '', password);
  return { ...made, connection };
}
