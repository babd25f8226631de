import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { splitNginxDump } from '../../src/load/nginx-dump.ts';
import { nginxVersion, withoutNginx } from './nginx.ts';

describe.skipIf(nginxVersion === undefined)(`nginx -T (${withoutNginx})`, () => {
  test('what nginx prints is taken apart into the very bytes that it has read', () => {
    const directory = realpathSync(mkdtempSync(join(tmpdir(), 'no502-dump-')));
    const files: Readonly<Record<string, Buffer>> = {
      'nginx.conf': Buffer.from(
        `pid ${directory}/pid;\nerror_log stderr;\nevents {}\nhttp {\n    access_log off;\n    include conf.d/*.conf;\n    include twice; include twice;\n}\n`,
      ),
      'conf.d/empty.conf': Buffer.alloc(0),
      'conf.d/no-end.conf': Buffer.from('# no line feed'),
      'conf.d/many-ends.conf': Buffer.from('# four line feeds\n\n\n\n'),
      'conf.d/windows.conf': Buffer.from('# a line\r\nserver_tokens off;\r\n'),
      'conf.d/latin1.conf': Buffer.from('# caf\xe9\n', 'latin1'),
      'conf.d/mark.conf': Buffer.from('# configuration file of nobody:\n  # configuration file /x:\n'),
      twice: Buffer.from('# twice\n'),
    };
    try {
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(dirname(join(directory, name)), { recursive: true });
        writeFileSync(join(directory, name), content);
      }
      const { stdout, stderr, status } = spawnSync('nginx', ['-T', '-p', directory, '-c', 'nginx.conf']);
      expect(stderr.toString()).toContain('test is successful');
      expect(status).toBe(0);
      for (const output of [stdout, Buffer.concat([stderr, stdout])]) {
        const dump = splitNginxDump(output);
        expect(dump).toMatchObject({ main: join(directory, 'nginx.conf'), isRepeated: false });
        const taken = [...(dump?.files ?? [])].map(([path, bytes]) => [
          path,
          Buffer.from(bytes).toString('latin1'),
        ]);
        const given = Object.entries(files).map(([name, bytes]) => [
          join(directory, name),
          bytes.toString('latin1'),
        ]);
        expect(taken.sort()).toEqual(given.sort());
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
