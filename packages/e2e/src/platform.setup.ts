import { dataFolder, removeFolder, startPlatform } from './start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';

/** One platform with the small demo county for all journeys; the one BANGFU_E2E_URL names is used as it is. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['BANGFU_E2E_URL']) return undefined;
  const data = dataFolder();
  const kafka = process.env['BANGFU_JOURNEY_KAFKA'] === '1' ? ['--kafka'] : [];
  const platform = await startPlatform(data, await freePort(), ['--demo', 'small', ...kafka]);
  process.env['BANGFU_E2E_URL'] = platform.url;
  return async () => {
    await platform.stop();
    removeFolder(data);
  };
}
