// The start command with a clock that BANGFU_TEST_CLOCK moves; for journeys through procedures that take weeks.
import { parseFlags, readOptions } from '@bangfu/infra/local/options';
import { startPlatform } from '@bangfu/infra/local/platform';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const platform = await startPlatform(readOptions(parseFlags(process.argv.slice(2))), say, 'src/testing/main.ts');
process.once('SIGTERM', () => void platform.stop().then(() => process.exit(0)));
say(`ready ${platform.url}`);
