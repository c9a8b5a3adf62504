// Writes the settings of compose.yaml to infra/docker/.env (or the file that is named): example.env with fresh secrets
// where it has none. Plain JavaScript without packages: it runs on whatever Node the machine has.
//   node infra/docker/make-env.mjs [--complete] [FILE]
// Settings that exist are never replaced: they hold the key of everything sealed. --complete adds to an earlier
// release's file what this one needs more and leaves every line of it as it is.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';

const isCompletion = process.argv.includes('--complete');
const target =
  process.argv.slice(2).find((arg) => !arg.startsWith('--')) ?? fileURLToPath(new URL('./.env', import.meta.url));

function refuse(chinese, english) {
  process.stderr.write(`${chinese}\n${english}\n`);
  process.exit(1);
}

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
// Single quotes keep the JSON's own double quotes.
const jwk = (key) => `'${JSON.stringify(key.export({ format: 'jwk' }))}'`;
const made = {
  BANGFU_DATA_KEY: () => randomBytes(32).toString('base64'),
  BANGFU_TOKEN_PRIVATE_KEY: () => jwk(privateKey),
  BANGFU_TOKEN_PUBLIC_KEY: () => jwk(publicKey),
};
const filled = (text) =>
  text.replace(
    /^([A-Z_]+)=$/gm,
    (_line, name) => `${name}=${(made[name] ?? (() => randomBytes(24).toString('hex')))()}`,
  );
const nameOf = (line) => /^([A-Z_]+)=/.exec(line)?.[1];
/** A list of earlier keys is empty until there is one. */
const OPTIONAL = ['BANGFU_OLD_DATA_KEYS'];
/** What only the first start takes; a completed file needs none of them. */
const FIRST_START = ['BANGFU_ADMIN_PASSWORD'];

const example = readFileSync(new URL('./example.env', import.meta.url), 'utf8').replace(
  new RegExp(`^(${OPTIONAL.join('|')})=$`, 'gm'),
  '# $1=',
);

/** The settings an earlier file lacks, as lines of their own. */
function missing(earlier) {
  const has = new Set(earlier.split('\n').map(nameOf));
  const lacking = example.split('\n').filter((line) => {
    const name = nameOf(line);
    return name !== undefined && !has.has(name);
  });
  const sealing = ['BANGFU_DATA_KEY', 'BANGFU_TOKEN_PRIVATE_KEY', 'BANGFU_TOKEN_PUBLIC_KEY'];
  const lost = lacking.map(nameOf).filter((name) => sealing.includes(name));
  if (lost.length > 0)
    refuse(
      `${target} 里没有 ${lost.join('、')}：补写不会另造密钥，请从备份中取回原来的文件。`,
      `${target} has no ${lost.join(', ')}: completing makes no keys; bring the earlier file back from a backup.`,
    );
  return lacking.filter((line) => !FIRST_START.includes(nameOf(line)));
}

let text;
if (isCompletion) {
  if (!existsSync(target)) refuse(`没有 ${target} 可以补写。`, `There is no ${target} to complete.`);
  const earlier = readFileSync(target, 'utf8');
  const lines = missing(earlier);
  if (lines.length === 0) process.exit(0);
  text = `${earlier.replace(/\n?$/, '\n')}\n# Added for a later release.\n${filled(lines.join('\n'))}\n`;
} else {
  text = filled(example);
}

// Written beside it and forced to the disk: a crash leaves the old file or the new one, never a part.
const part = `${target}.part`;
rmSync(part, { force: true });
const handle = openSync(part, 'wx', 0o600);
writeSync(handle, text);
fsyncSync(handle);
closeSync(handle);
try {
  if (isCompletion) renameSync(part, target);
  // Unlike a rename, a link never replaces what is there.
  else linkSync(part, target);
} catch (error) {
  rmSync(part, { force: true });
  if (error.code !== 'EEXIST') throw error;
  refuse(
    `${target} 已经存在：里面有全部敏感数据的密钥，不会覆盖。升级后要补上新的设置，请加 --complete；要另起一套，请先把它移走保存好。`,
    `${target} exists: it holds the key of all sensitive data and is not replaced. Add what a later release needs by --complete; ` +
      'for another installation move it away and keep it safe.',
  );
}
rmSync(part, { force: true });
