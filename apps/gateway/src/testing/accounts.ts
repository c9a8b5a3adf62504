import { randomUUID } from 'node:crypto';
import type { Grant, Role } from '@bangfu/domain/shared/roles';
import { ADMIN_PASSWORD, type Browser, COUNTY, openBrowser, startTestPlatform, type TestPlatform } from './platform.ts';

export const TOWNSHIP = '522325101000';
export const VILLAGE = '522325101204';
/** The county has these townships and villages. */
export const REGIONS = [TOWNSHIP, VILLAGE, '522325101205', '522325102000', '522325102001'];
/** A unit, helper, entity, provider, household or evaluation that exists. */
export const THERE = '019df124-9600-7035-a2cd-7630d0f6c8fe';
/** Of every account that is made here. */
export const PASSWORD = 'a good secret 7';

/** A grant of a role over a division. */
export const region = (role: Role, code: string): Grant => ({ role, scope: { kind: 'region', code } });

/** A platform whose divisions and bound records exist, with its first administrator signed in. */
export async function startPlatformOfGrants(): Promise<{ platform: TestPlatform; admin: Browser }> {
  const platform = await startTestPlatform();
  const admin = openBrowser(platform.url);
  await admin.signIn('admin', ADMIN_PASSWORD);
  for (const code of REGIONS) {
    await platform.gateway.gateway.pool.query(
      `INSERT INTO region (id, county_code, code, level, name) VALUES ($1, $2, $3, $4, $3)`,
      [randomUUID(), COUNTY, code, code.endsWith('000') ? 'township' : 'village'],
    );
  }
  // One record of each kind is there, whatever service is asked.
  platform.upstream.get('/api/:service/scope-choices', ({ query }, response) => {
    const row = { kind: query['kind'], id: THERE, name: '有', detail: '' };
    response.json({ rows: query['id'] === THERE ? [row] : [] });
  });
  platform.upstream.get('/api/identification/regions', (_request, response) => void response.json({ rows: [] }));
  return { platform, admin };
}

/** The first administrator's password and a second administrator, signed in; both may confirm what the other proposes. */
export async function seedSecond(platform: TestPlatform): Promise<Browser> {
  const grants: Grant[] = [{ role: 'system-administrator', scope: { kind: 'platform' } }];
  return (await seedAccount(platform, 'second', grants)).browser;
}

/** An account as the installation makes it, signed in. */
export async function seedAccount(
  platform: TestPlatform,
  username: string,
  grants: readonly Grant[],
): Promise<{ id: string; browser: Browser }> {
  await platform.seed([{ username, name: username, grants, password: PASSWORD }]);
  const browser = openBrowser(platform.url);
  const { status, body } = await browser.signIn(username, PASSWORD);
  if (status !== 200) throw new Error(`${username} was not signed in: ${JSON.stringify(body)}`);
  return { id: (body['account'] as { id: string }).id, browser };
}
