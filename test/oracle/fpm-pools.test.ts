import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { differences } from './fpm-dump.ts';
import { cases } from './fpm-pools.ts';
import {
  askPhpFpm,
  firstError,
  installedPhpFpm,
  makeDirectory,
  readMaster,
  remarksOn,
  withoutPhpFpm,
} from './php-fpm.ts';

const debian = '/etc/php/8.2/fpm/php-fpm.conf';
const title = 'pools of our own against php-fpm -tt';

describe.skipIf(installedPhpFpm === undefined)(
  installedPhpFpm === undefined ? `${title} (left out: ${withoutPhpFpm})` : title,
  () => {
    const directory = makeDirectory();
    afterAll(() => rmSync(directory, { recursive: true }));

    it.skipIf(!existsSync(debian))(`the untouched ${debian}, where there is one`, () => {
      const master = readMaster(debian);
      expect(master.problems).toEqual([]);
      expect(master.pools.map((pool) => pool.listenAddress)).toEqual([
        { kind: 'unix', path: '/run/php/php8.2-fpm.sock' },
      ]);
    });

    it.each(cases)('$name', ({ files, env }) => {
      // The log is opened by the test too, and not everybody may write to /var/log.
      const log = `[global]\nerror_log = ${directory}/error.log\nlog_limit = 8192\n`;
      for (const [name, text] of Object.entries(files)) {
        const last = name === 'main' && !text.includes('log_limit') && text !== '' ? `\n${log}` : '';
        writeFileSync(join(directory, name), text.replaceAll('DIR', directory) + last);
      }
      const main = join(directory, 'main');
      const verdict = askPhpFpm(main, env);
      const master = readMaster(main, env);
      for (const name of Object.keys(files)) rmSync(join(directory, name));
      expect(firstError(master)).toBe(verdict.error);
      if (verdict.error !== undefined) return;
      expect(differences(master, verdict.dump)).toEqual([]);
      expect(remarksOn(master)).toEqual(verdict.remarks);
    });
  },
);
