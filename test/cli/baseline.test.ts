import { describe, expect, test } from 'vitest';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

type Tree = Readonly<Record<string, MemoryEntry>>;

/** A host whose nginx includes these site files, each passing to a socket that nobody has. */
function host(...sockets: readonly string[]): Tree {
  const sites = sockets.map((socket, index) => [
    `/srv/host/etc/nginx/sites-enabled/${index}`,
    `server {\n    server_name ${index}.example.com;\n    location ~ \\.php$ {\n        fastcgi_pass unix:${socket};\n        fastcgi_read_timeout 60s;\n    }\n}\n`,
  ]);
  return {
    '/srv/host/etc/nginx/nginx.conf':
      'events {}\nhttp {\n    fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n    fastcgi_param REQUEST_METHOD $request_method;\n    include sites-enabled/*;\n}\n',
    '/srv/host/etc/php/8.2/fpm/php-fpm.conf': 'include=/etc/php/8.2/fpm/pool.d/*.conf\n',
    '/srv/host/etc/php/8.2/fpm/pool.d/www.conf':
      '[www]\nuser = www-data\nlisten = 127.0.0.1:9000\npm = static\npm.max_children = 2\n',
    '/srv/host/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/var/www:/bin/sh\n',
    '/srv/host/etc/group': 'root:x:0:\nwww-data:x:33:\n',
    ...Object.fromEntries(sites),
  };
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The baseline that was written. */
  readonly baseline: string | undefined;
}

async function no502(line: string, files: Tree): Promise<Ran> {
  const fake = fakeIo({ files });
  const code = await main(line.split(' '), fake.io);
  return {
    code,
    stdout: fake.stdout(),
    stderr: fake.stderr(),
    baseline: fake.written.get('/srv/base.json'),
  };
}

const options = '--root host --baseline base.json';

async function accepted(files: Tree): Promise<Tree> {
  const { baseline = '' } = await no502(`${options} --update-baseline`, files);
  return { '/srv/base.json': baseline };
}

describe('--baseline', () => {
  const old = host('/run/a.sock');

  test('lets an old estate start at zero', async () => {
    expect((await no502('--root host', old)).code).toBe(1);
    const first = await no502(`${options} --update-baseline`, old);
    expect(first.stdout).toContain('baseline: base.json holds 1 finding now\n');
    expect(first.stdout).toMatch(/\nno problem found \(1 suppressed\)\n$/);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(JSON.parse(first.baseline ?? '')).toMatchObject({
      version: 1,
      findings: [{ file: 'host/etc/nginx/sites-enabled/0', rule: 'fastcgi-pass-not-listened' }],
    });

    const second = await no502(options, { ...old, ...(await accepted(old)) });
    expect(second.stdout).not.toContain('error');
    expect([second.code, second.baseline]).toEqual([0, undefined]);
  });

  test('reports what is new, and only that', async () => {
    const files = { ...host('/run/a.sock', '/run/b.sock'), ...(await accepted(old)) };
    const { code, stdout } = await no502(`${options} -f compact`, files);
    expect(stdout).toMatch(/^host\/etc\/nginx\/sites-enabled\/1:4:22: error: .*b\.sock[^\n]*\n$/);
    expect(code).toBe(1);
  });

  test('knows findings whose lines have moved', async () => {
    const path = '/srv/host/etc/nginx/sites-enabled/0';
    const moved = `# a comment\n\n${String(old[path]).replaceAll('    ', '\t')}`;
    const { code } = await no502(options, { ...old, ...(await accepted(old)), [path]: moved });
    expect(code).toBe(0);
  });

  test('tells what is gone, in every format, until it is taken out', async () => {
    const files = { ...host('/run/a.sock'), ...(await accepted(host('/run/a.sock', '/run/b.sock'))) };
    const gone = 'baseline: 1 entry of base.json is gone; --update-baseline takes it out\n';
    expect(await no502(options, files)).toMatchObject({ code: 0, stdout: expect.stringContaining(gone) });
    expect((await no502(`${options} --verbose`, files)).stdout).toContain(
      'gone: fastcgi-pass-not-listened in host/etc/nginx/sites-enabled/1 (',
    );
    expect(await no502(`${options} -f compact`, files)).toMatchObject({
      stdout: '',
      stderr: `no502: ${gone}`,
    });
    const json = JSON.parse((await no502(`${options} -f json`, files)).stdout);
    expect(json).toMatchObject({
      baseline: { file: 'base.json', gone: [{ file: 'host/etc/nginx/sites-enabled/1' }] },
      summary: { errors: 0, suppressed: 1 },
    });
    const updated = await no502(`${options} --update-baseline`, files);
    expect(updated.stdout).toContain('baseline: base.json holds 1 finding now, 1 entry taken out\n');
    expect(JSON.parse(updated.baseline ?? '').findings).toHaveLength(1);
  });

  test('keeps what a run of one file cannot know', async () => {
    const two = host('/run/a.sock', '/run/b.sock');
    const base = await accepted(two);
    const one = await no502('host/etc/nginx/sites-enabled/0 --baseline base.json --update-baseline', {
      ...two,
      ...base,
    });
    expect(JSON.parse(one.baseline ?? '').findings).toContainEqual(
      expect.objectContaining({ file: 'host/etc/nginx/sites-enabled/1' }),
    );
  });

  test.each<[string, Tree, string]>([
    [options, old, 'no502: base.json: No such file or directory; --update-baseline makes it\n'],
    ['--root host --update-baseline', old, 'no502: --update-baseline needs --baseline FILE\n'],
    [options, { ...old, '/srv/base.json': '{"version": 1,\n"findings": [\n' }, 'no502: base.json:3:1: '],
    [`${options} --update-baseline`, { ...old, '/srv/base.json': '<<<<<<< HEAD\n{}\n' }, 'no502: base.json:'],
  ])('%s: exit 2 (%#)', async (line, files, message) => {
    const ran = await no502(line, files);
    expect(ran).toMatchObject({ code: 2, stdout: '', baseline: undefined });
    expect(ran.stderr.startsWith(message), ran.stderr).toBe(true);
  });

  test('is not written by a run that could not read what it was to read', async () => {
    const files = { ...old, '/srv/site': { denied: true } } as const;
    const ran = await no502(
      'host/etc/nginx/sites-enabled/0 site --baseline base.json --update-baseline',
      files,
    );
    expect(ran).toMatchObject({ code: 2, baseline: undefined });
  });
});
