import { dataFolder, freePort, removeFolder, startPlatform } from './start-platform.ts';

/** One platform with the small demo county for all journeys. */
export default async function setup(): Promise<() => Promise<void>> {
  const data = dataFolder();
  const kafka = process.env['BANGFU_JOURNEY_KAFKA'] === '1' ? ['--kafka'] : [];
  const platform = await startPlatform(data, await freePort(), ['--demo', 'small', ...kafka]);
  process.env['BANGFU_E2E_URL'] = platform.url;
  return async () => {
    await platform.stop();
    removeFolder(data);
  };
}
