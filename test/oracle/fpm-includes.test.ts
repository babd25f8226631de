import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { fpmIncluder } from '../../src/load/fpm-include.ts';
import { openRoot } from '../../src/load/root.ts';
import { askPhpFpm, installedPhpFpm, withoutPhpFpm } from './php-fpm.ts';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-fpm-includes-')));
afterAll(() => rmSync(directory, { recursive: true }));

const names = ['b', 'a', 'Z', '10', '9', 'a-b', '.hidden', 'x]'];

describe.skipIf(installedPhpFpm === undefined)(
  `includes, as the real php-fpm follows them (left out where ${withoutPhpFpm})`,
  () => {
    beforeAll(() => {
      mkdirSync(join(directory, 'd/dir.conf'), { recursive: true });
      mkdirSync(join(directory, 'gone'));
      symlinkSync('/nowhere', join(directory, 'gone/x.conf'));
      for (const name of names) {
        const pool = `[${name.replace(']', '_')}]\nuser = 33\ngroup = 33\nlisten = ${directory}/${name}.sock\npm = static\npm.max_children = 1\n`;
        writeFileSync(join(directory, `d/${name}.conf`), pool);
      }
    });

    /** The pools in the order php-fpm reads their files, and what it says of the include. */
    function ask(pattern: string): { pools: readonly string[]; said?: string } {
      const main = join(directory, 'main.conf');
      writeFileSync(main, `[global]\nerror_log = ${directory}/log\ninclude = "${pattern}"\n`);
      const { dump, error, remarks } = askPhpFpm(main);
      const pools = dump
        .filter((line) => line.startsWith('[') && line !== '[global]')
        .map((line) => line.slice(1, -1));
      const said = remarks[0] ?? error;
      return { pools, ...(said !== undefined && { said }) };
    }

    function include(pattern: string) {
      const from = { path: join(directory, 'main.conf'), file: '', text: '', encoding: 'utf8' } as const;
      return fpmIncluder(openRoot(disk, '/', '/')).include(pattern, from);
    }

    test.each(['*.conf', '[!a]*.conf', '?.conf', '.*.conf', '[0-9]*', '*]*', 'a.conf'])('%s', (pattern) => {
      const found = include(`${directory}/d/${pattern}`);
      const ours =
        found.kind === 'files' ? found.sources.map(({ text }) => text.slice(1, text.indexOf(']'))) : [];
      expect(ours).toEqual(ask(`${directory}/d/${pattern}`).pools);
      expect(ours.length).toBeGreaterThan(0);
    });

    test('nothing matches', () => {
      for (const pattern of [
        `${directory}/d/none*`,
        `${directory}/none.conf`,
        `${directory}/none/x.conf`,
        `${directory}/d/a.conf/*`,
      ]) {
        expect(include(pattern)).toEqual({ kind: 'no-match' });
        expect(ask(pattern).said).toMatch(/^Nothing matches the include pattern/);
      }
    });

    test('a directory that is not there', () => {
      expect(include(`${directory}/none/*.conf`)).toEqual({ kind: 'glob-error', ret: 2 });
      expect(ask(`${directory}/none/*.conf`).said).toMatch(/^Unable to globalize '.*' \(ret=2\)/);
    });

    test('a link that leads nowhere', () => {
      const pattern = `${directory}/gone/*.conf`;
      expect(include(pattern)).toMatchObject({
        kind: 'unreadable',
        errno: 2,
        message: 'No such file or directory',
      });
      expect(ask(pattern).said).toBe(
        `failed to open configuration file '${directory}/gone/x.conf': No such file or directory (2)`,
      );
    });
  },
);
