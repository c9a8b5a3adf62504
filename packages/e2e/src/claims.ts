import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

/** What has been done in the whole run, by any of its processes. */
export interface Claims {
  /** True for the first who asks. */
  readonly claim: (what: string) => boolean;
  readonly wasClaimed: (what: string) => boolean;
}

/** Claims kept as files in a folder that each run begins empty: the runner's processes share nothing else. */
export function claimsIn(folder: string): Claims {
  mkdirSync(folder, { recursive: true });
  const file = (what: string) => `${folder}/${encodeURIComponent(what)}`;
  return {
    wasClaimed: (what) => existsSync(file(what)),
    claim: (what) => {
      try {
        writeFileSync(file(what), '', { flag: 'wx' });
        return true;
      } catch {
        return false;
      }
    },
  };
}
