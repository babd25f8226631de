import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { baseHost } from '../rules/base-host.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'no502-killed-'));
const command = join(scratch, 'dist/cli.js');
const sites = join(scratch, 'host/etc/nginx/sites-enabled');

const names = Array.from({ length: 40 }, (_, index) => `site${index}`);
const siteOf = (name: string, version: string): string =>
  `server {\n    server_name ${name}.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_read_timeout 60s;\n        fastcgi_pass unix:/run/php/php${version}-fpm.sock;\n    }\n}\n${'# much more\n'.repeat(200)}`;

function writeHost(): void {
  rmSync(join(scratch, 'host'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(baseHost)) {
    mkdirSync(join(scratch, 'host', path, '..'), { recursive: true });
    writeFileSync(join(scratch, 'host', path), text);
  }
  mkdirSync(sites, { recursive: true });
  for (const name of names) writeFileSync(join(sites, name), siteOf(name, '8.1'));
}

/** How many sites are new; each one must be old or new as a whole. */
function countNew(): number {
  return names.filter((name) => {
    const text = readFileSync(join(sites, name), 'utf8');
    expect([siteOf(name, '8.1'), siteOf(name, '8.2')]).toContain(text);
    return text === siteOf(name, '8.2');
  }).length;
}

/** Runs `no502 --fix` and kills it once so many files have been moved into their place; tells whether it was killed. */
function fixAndKill(after: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, '--root', 'host', '--fix', '-q'], {
      cwd: scratch,
      stdio: 'ignore',
    });
    let seen = 0;
    // A file that appears beside the sites, and its disappearance, are two events; the site itself is a third.
    const watcher = watch(sites, () => {
      if (++seen === after) child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('exit', (_code, signal) => {
      watcher.close();
      resolve(signal === 'SIGKILL');
    });
  });
}

describe('no502 --fix that is killed', () => {
  beforeAll(() => {
    execFileSync(process.execPath, [join(repository, 'scripts/build.mjs'), join(scratch, 'dist')]);
  });
  afterAll(() => rmSync(scratch, { recursive: true }));

  test('leaves every file old or new, and the next run does the rest', async () => {
    const outcomes: number[] = [];
    for (let round = 0; round < 12; round++) {
      writeHost();
      const wasKilled = await fixAndKill(1 + round * 11);
      const done = countNew();
      if (wasKilled) outcomes.push(done);
    }
    // It was killed in the middle indeed, and not always in the same place.
    expect(outcomes.filter((done) => done > 0 && done < names.length).length).toBeGreaterThan(3);
    expect(new Set(outcomes).size).toBeGreaterThan(3);

    writeHost();
    await fixAndKill(60);
    execFileSync(process.execPath, [command, '--root', 'host', '--fix', '-q'], { cwd: scratch });
    expect(countNew()).toBe(names.length);
    // What a killed run left behind is no part of the configuration: no pattern of nginx matches it.
    const strays = readdirSync(sites).filter((name) => !names.includes(name));
    for (const name of strays) expect(name).toMatch(/^\.no502-.*\.tmp$/);
  });
});
