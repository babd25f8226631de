import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gitProcess } from '../../src/git-process.ts';
import type { Io } from '../../src/io.ts';
import { main } from '../../src/main.ts';
import { formatNames } from '../../src/report/formats.ts';
import { fakeIo } from '../cli/fake-io.ts';
import { notedDisk } from '../load/noted-disk.ts';
import { type HostileTree, hostileTree, secret } from './hostile-tree.ts';

let tree: HostileTree;

beforeAll(() => {
  tree = hostileTree();
});
afterAll(() => tree.remove());

interface Ran {
  readonly code: number;
  readonly text: string;
  /** What was opened that is not in the directory of the tree. */
  readonly outside: readonly string[];
}

async function no502(cwd: string, argv: readonly string[], stdin = ''): Promise<Ran> {
  const fake = fakeIo({ stdin });
  const { fs, asked } = notedDisk();
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' };
  const io: Io = { ...fake.io, fs, cwd, openGit: async () => gitProcess(cwd, env) };
  const code = await main(argv, io);
  // Asking for the status of a directory above is no reading.
  const opened = asked.filter((one) => one.for !== 'status').map(({ path }) => path);
  const text = fake.stdout() + fake.stderr() + [...fake.written.values()].join('');
  return {
    code,
    text,
    outside: opened.filter((path) => !path.startsWith(`${tree.host}/`) && path !== tree.host),
  };
}

describe('nothing outside of the root is opened, listed or followed', () => {
  it.each(formatNames)('--format %s --verbose', async (format) => {
    const { code, text, outside } = await no502(tree.host, ['--root', '.', '--format', format, '--verbose']);
    expect([code, outside]).toEqual([1, []]);
    expect(text).toContain('nginx.conf');
    expect(text).not.toContain(secret);
  });

  it.each([
    [['upgrade', '--root', '.', '--from', '8.2', '--to', '8.3']],
    [['explain', '--root', '.', 'connect() to unix:/run/x failed (2: No such file or directory)']],
    [['init', '--root', '.']],
    [['--root', '.', '--fix-dry-run']],
    [['--root', '.', '--baseline', 'base.json', '--update-baseline']],
  ])('no502 %s', async (argv) => {
    const { code, text, outside } = await no502(tree.host, argv);
    expect(code).toBeLessThan(2);
    expect(outside).toEqual([]);
    expect(text).not.toContain(secret);
  });

  it('where the current directory is another one', async () => {
    const { outside, text } = await no502(tree.directory, ['--root', 'host', '--verbose']);
    expect(outside.filter((path) => path !== tree.directory && !path.endsWith('no502.yaml'))).toEqual([]);
    expect(text).not.toContain(secret);
  });
});

describe('nothing outside of the files given is opened', () => {
  it.each([
    [['.']],
    [['etc']],
    [['etc/nginx/nginx.conf']],
    [['**/*.conf']],
    [['etc/php/8.2/fpm/php-fpm.conf', '.']],
  ])('no502 %s', async (argv) => {
    const { code, text, outside } = await no502(tree.host, argv);
    expect(code).toBeLessThan(3);
    expect(outside.filter((path) => path !== tree.directory && path !== '/')).toEqual([]);
    expect(text).not.toContain(secret);
  });

  it.each(['etc/nginx/sites/0', 'etc/nginx/sites/1', 'etc/nginx/directory', 'etc/nginx/up', 'etc/passwd'])(
    '%s, a link that leads out, is refused',
    async (path) => {
      const { code, text } = await no502(tree.host, [path]);
      expect(code).toBe(2);
      expect(text).toMatch(new RegExp(`^no502: ${path}: it leads out of the current directory, to /.*`));
      expect(text).not.toContain(secret);
    },
  );

  it('nor of an nginx -T dump, whatever it includes and calls its files', async () => {
    const dump = `# configuration file ${tree.host}/etc/nginx/nginx.conf:
events {}
http { include ${tree.outside}/*.conf; include /etc/passwd; include sites/*; include ../../../outside/site.conf; }

# configuration file /../../${tree.outside}/other.conf:
server { include ${tree.outside}/site.conf; }

`;
    const { text, outside } = await no502(tree.host, ['-'], dump);
    expect(outside).toEqual([]);
    expect(text).not.toContain(secret);
  });
});

describe('settings', () => {
  it.each([
    ['--config', 'settings.yaml', 'settings.yaml'],
    ['--baseline', 'base.json', 'baseline.json'],
  ])('%s through a planted link is refused', async (option, name, target) => {
    const planted = hostileTree();
    try {
      symlinkSync(join('../outside', target), join(planted.host, name));
      const { code, text } = await no502(planted.host, ['--root', '.', option, name]);
      expect(code).toBe(2);
      expect(text).toMatch(
        `${name}: it leads out of the current directory, to ${planted.outside}/${target};`,
      );
      expect(text).not.toContain(secret);
    } finally {
      planted.remove();
    }
  });

  it('no502.yaml through a planted link is refused', async () => {
    const planted = hostileTree();
    try {
      symlinkSync('../outside/settings.yaml', join(planted.host, 'no502.yaml'));
      const { code, text } = await no502(planted.host, ['--root', '.']);
      expect([code, text]).toEqual([2, expect.stringMatching(/^no502: no502\.yaml: it leads out/)]);
      expect(text).not.toContain(secret);
    } finally {
      planted.remove();
    }
  });

  it.each(['root: ..\n', 'root: /\n', 'root: etc/nginx/up\n', 'hosts:\n  web:\n    root: ../outside\n'])(
    'no502.yaml that nobody named sends no run elsewhere: %j',
    async (text) => {
      const planted = hostileTree();
      try {
        writeFileSync(join(planted.host, 'no502.yaml'), text);
        const found = await no502(planted.host, []);
        expect(found.code).toBe(2);
        expect(found.text).toMatch(
          /lies outside of the current directory|leads out of the current directory/,
        );
        expect(found.text).not.toContain(secret);
      } finally {
        planted.remove();
      }
    },
  );

  it('a file that is a pipe, a device or larger than any setting does not make a run wait', async () => {
    const planted = hostileTree();
    try {
      execFileSync('mkfifo', [join(planted.host, 'no502.yaml')]);
      const { code, text } = await no502(planted.host, ['--root', '.']);
      expect([code, text]).toEqual([2, 'no502: no502.yaml: it is not a regular file\n']);
    } finally {
      planted.remove();
    }
  });
});

describe('the index of git', () => {
  it('leads nowhere outside of it', async () => {
    const planted = hostileTree();
    const git = (...args: readonly string[]): void => {
      const author = ['-c', 'user.name=A Person', '-c', 'user.email=a@example.com'];
      execFileSync('git', [...author, ...args], { cwd: planted.host, stdio: 'pipe' });
    };
    try {
      git('init', '--quiet', '.');
      git('add', '--all', '.');
      for (const argv of [['--staged'], ['--staged', '--root', '.'], ['--changed', 'etc/nginx/nginx.conf']]) {
        const { code, text } = await no502(planted.host, argv);
        expect(code).toBeLessThan(3);
        expect(text).not.toContain(secret);
      }
    } finally {
      planted.remove();
    }
  });
});
