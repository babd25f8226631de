import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configOf, targets } from '../model/nginx/targets.ts';

const hasNginx = spawnSync('nginx', ['-v']).status === 0;
const directory = mkdtempSync(join(tmpdir(), 'no502-target-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** What the real nginx says of a configuration: its first [emerg], or nothing where it takes it. */
function refusalOf(text: string): string | undefined {
  const path = join(directory, 'nginx.conf');
  writeFileSync(path, `pid ${directory}/nginx.pid; error_log stderr; ${text}`);
  const { stderr } = spawnSync('nginx', ['-t', '-c', path, '-p', directory], { encoding: 'utf8' });
  const said = /\[emerg\] (?:\d+#\d+: )?(.*) in \S+:6$/m.exec(stderr);
  return said?.[1];
}

describe.skipIf(!hasNginx)(
  'the address of a pass, as the real nginx takes it (left out without nginx)',
  () => {
    it.each(targets.map(([directive, target, refusal]) => ({ directive, target, refusal })))(
      '$directive $target',
      ({ directive, target, refusal }) => {
        expect(refusalOf(configOf(directive, target))).toEqual(refusal);
      },
    );
  },
);
