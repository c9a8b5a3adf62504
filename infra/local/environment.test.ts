import { describe, expect, it } from 'vitest';
import { inherited } from './environment.ts';

describe('given the environment of whoever starts the platform', () => {
  it('then its processes take over what they need to run and their settings, and nobody’s secret', () => {
    const needed = { PATH: '/bin', TZ: 'UTC', LC_ALL: 'C.UTF-8', NODE_ENV: 'production', BANGFU_HOST: '0.0.0.0' };
    const secrets = {
      BANGFU_ADMIN_PASSWORD: 'x',
      BANGFU_DEMO_PASSWORD: 'x',
      BANGFU_KEY: 'x',
      DATABASE_URL_IDENTIFICATION: 'x',
      DATABASE_URL_INDUSTRY_APP: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
      GITHUB_TOKEN: 'x',
      PGPASSWORD: 'x',
    };
    expect(inherited({ ...needed, ...secrets })).toEqual(needed);
  });
});
