import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../../rules/index.ts';
import { lint } from '../../../src/lint.ts';
import { disk } from '../../../src/load/disk.ts';

/** Files that would each leave a mark if anything of them were run. */
function traps(mark: (name: string) => string): Record<string, string> {
  const touch = (name: string): string => `/bin/sh -c 'touch ${mark(name)}'`;
  const script = (name: string): string =>
    `require('node:fs').writeFileSync(${JSON.stringify(mark(name))}, '');\nmodule.exports = { apps: [{ name: 'x', script: 'next', args: 'start -p 3001', get cwd() { require('node:fs').writeFileSync(${JSON.stringify(mark(name))}, ''); return '/'; } }] };\n`;
  return {
    'etc/passwd': 'root:x:0:0::/root:/bin/sh\n',
    'etc/nginx/nginx.conf':
      'events {}\nhttp {\n  server { location / { proxy_pass http://127.0.0.1:3999; } }\n}\n',
    'etc/systemd/system/unit.service': `[Service]\nEnvironment=PORT=$(touch ${mark('environment')})\nExecStartPre=${touch('pre')}\nExecStart=${touch('unit')}\n`,
    'etc/systemd/system/web.service': '[Service]\nExecStart=/usr/bin/next start -p 3001\n',
    'etc/supervisor/conf.d/x.conf': `[program:x]\ncommand=${touch('supervisor')}\n`,
    'srv/app/ecosystem.config.js': script('pm2'),
    'srv/other/ecosystem.config.mjs': `import fs from 'node:fs';\nfs.writeFileSync(${JSON.stringify(mark('module'))}, '');\nexport default { apps: [] };\n`,
    'srv/app/Procfile': `web: touch ${mark('procfile')} && next start -p \`touch ${mark('backticks')}\`\n`,
    'srv/app/package.json': JSON.stringify({ scripts: { start: `touch ${mark('script')}` } }),
    'srv/app/.env': `PORT=$(touch ${mark('env')})\n`,
  };
}

test('nothing that is read is run', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'no502-traps-'));
  try {
    const marks: string[] = [];
    const mark = (name: string): string => {
      const path = join(directory, `mark-${name}`);
      if (!marks.includes(path)) marks.push(path);
      return path;
    };
    for (const [path, text] of Object.entries(traps(mark))) {
      mkdirSync(dirname(join(directory, 'root', path)), { recursive: true });
      writeFileSync(join(directory, 'root', path), text);
    }
    const request = { fs: disk, cwd: directory, exclude: [], options: {}, rules };
    const host = await lint({ ...request, paths: [], root: 'root' });
    const repository = await lint({ ...request, paths: ['root/etc/nginx/nginx.conf', 'root'] });
    expect(host.findings.map(({ rule }) => rule)).toContain('proxy-port-mismatch');
    expect(repository.reading.passes).not.toHaveLength(0);
    expect(marks.length).toBeGreaterThan(8);
    expect(marks.filter((path) => existsSync(path))).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
