/** Calls the platform as one account; the answer's JSON. @throws Error with what the platform said */
export type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Signs in and hands back the way to call. */
export async function api(url: string, username: string, password: string): Promise<Api> {
  let cookie = '';
  let csrf: { header: string; token: string } | null = null;
  const send: Api = async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        cookie,
        ...(csrf ? { [csrf.header]: csrf.token } : {}),
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const given = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (given.length > 0) cookie = given.join('; ');
    return text === '' ? null : JSON.parse(text);
  };
  const session = (await send('POST', '/api/session', { username, password })) as {
    csrf: { header: string; token: string };
  };
  csrf = session.csrf;
  return send;
}
