// Makes an administrator and prints his one-time password: node --conditions=SOURCE src/create-admin.ts NAME, with the gateway's settings.
import { createAccount } from '@bangfu/contracts/gateway/accounts';
import { DomainError } from '@bangfu/domain/shared/errors';
import { ConfigError } from '@bangfu/platform/config/config';
import { render } from '@bangfu/platform/http/messages';
import { readGatewayConfig } from './config.ts';
import { createAdministrator } from './features/accounts/first-accounts.ts';
import { MESSAGES } from './messages.ts';
import { openGateway } from './start.ts';

const username = createAccount.body?.shape.username.safeParse(process.argv[2]);
if (!username?.success) {
  process.stderr.write(
    'usage: create-admin.ts NAME (3 to 60 letters, digits, dots, dashes, beginning with a letter)\n',
  );
  process.exit(2);
}
try {
  const { gateway, close } = await openGateway(readGatewayConfig());
  try {
    process.stdout.write(`${await createAdministrator(gateway, username.data)}\n`);
  } finally {
    await close();
  }
} catch (error) {
  if (error instanceof DomainError) process.stderr.write(`${render(MESSAGES, error.code, error.params, 'zh')}\n`);
  else if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = 1;
}
