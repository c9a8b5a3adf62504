import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { verifyPassword } from './password.ts';

test('given a crowd at the sign-in, then two hundred wait, the rest is sent away, and who is usual there waits too', async () => {
  const given = { hash: await hash('right', { memoryCost: 8, timeCost: 1, parallelism: 1 }), password: 'right' };
  const crowd = Array.from({ length: 210 }, () => verifyPassword(given, 'other'));
  const usual = verifyPassword(given, 'usual');
  const answers = await Promise.allSettled(crowd);
  const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason as object] : []));
  expect(refused).toHaveLength(8);
  expect(refused[0]).toMatchObject({ status: 503, code: 'SIGN_IN_BUSY', retryAfterSeconds: 5 });
  expect(await usual).toBe(true);
});
