import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/config-schema.ts';
import { starterConfig } from '../../src/config/starter.ts';
import type { MemoryEntry } from '../../src/load/memory-file-system.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from './fake-io.ts';

type Files = Readonly<Record<string, MemoryEntry>>;

async function run(
  line: string,
  files: Files,
): Promise<{ code: number; stdout: string; stderr: string; yaml?: string }> {
  const { io, stdout, stderr, written } = fakeIo({ files });
  const code = await main(line.split(' '), io);
  const yaml = written.get('/srv/no502.yaml');
  return { code, stdout: stdout(), stderr: stderr(), ...(yaml !== undefined && { yaml }) };
}

/** What a person gets who takes the comments off the keys. */
function uncommented(yaml: string): string {
  return yaml
    .split('\n')
    .filter((line) => !/^# [A-Z]|^# yaml-language/.test(line))
    .map((line) => line.replace(/^# /, ''))
    .join('\n');
}

const nginx =
  'events {}\nhttp {\n    server {\n        location / {\n            proxy_pass http://127.0.0.1:3000;\n        }\n        location /api {\n            proxy_pass http://api.example.com:8080;\n        }\n    }\n}\n';

describe('no502 init', () => {
  test('writes the root that it finds, and the ports that nobody declares', async () => {
    const { code, stdout, yaml = '' } = await run('init', { '/srv/deploy/web1/etc/nginx/nginx.conf': nginx });
    expect(stdout).toBe(
      'wrote no502.yaml\nthe host is deploy/web1\n1 pass to ports that no app declares: see apps\n',
    );
    expect(code).toBe(0);
    // What nobody has said does not hold.
    expect(parse(yaml)).toEqual({ root: 'deploy/web1' });
    expect(yaml).toContain(
      '#   # proxy_pass http://127.0.0.1:3000 at deploy/web1/etc/nginx/nginx.conf:5:13\n#   app-3000: 3000\n',
    );
    expect(yaml).not.toContain('8080');
  });

  test('writes what no502 then reads without a word', async () => {
    const files = { '/srv/host/etc/nginx/nginx.conf': nginx };
    const { yaml = '' } = await run('init', files);
    const { code, stderr } = await run('-f compact', { ...files, '/srv/no502.yaml': yaml });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('names a compose project, and declares no app for the loopback address of a container', async () => {
    const compose =
      'services:\n  web:\n    image: nginx:1.22\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf"]\n';
    const { code, stdout, yaml } = await run('init', {
      '/srv/compose.yaml': compose,
      '/srv/nginx.conf': nginx,
    });
    expect(stdout).toBe(
      'wrote no502.yaml\ncompose.yaml is a project whose services are hosts: no502 . lints them\n',
    );
    expect(yaml).not.toContain('app-3000');
    expect(code).toBe(0);
  });

  test('takes the root that it is told, chooses none of several, and needs none', async () => {
    const two = { '/srv/a/etc/nginx/nginx.conf': nginx, '/srv/b/etc/nginx/nginx.conf': nginx };
    expect(parse((await run('init --root b', two)).yaml ?? '')).toEqual({ root: 'b' });
    const several = await run('init', two);
    expect(several.stdout).toContain('2 hosts found, none of them chosen: a, b\n');
    expect(parse(several.yaml ?? '')).toBeNull();
    expect(await run('init', {})).toMatchObject({ code: 0, stdout: 'wrote no502.yaml\n' });
  });

  test('never overwrites', async () => {
    const { code, stderr, yaml } = await run('init', { '/srv/no502.yaml': 'memory: 4G\n' });
    expect([code, stderr]).toEqual([2, 'no502: no502.yaml is there already, and is left as it is\n']);
    expect(yaml).toBeUndefined();
  });

  test.each([
    ['init etc', 'init takes no "etc"'],
    ['init --root gone', '--root gone: No such file or directory'],
  ])('no502 %s is refused', async (line, message) => {
    const { code, stderr } = await run(line, {});
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

test('every key of a begun no502.yaml is right once its comment is taken off', () => {
  const openPorts = [
    { port: 3000, dialedBy: 'proxy_pass http://127.0.0.1:3000 at a:1:1' },
    { port: 3000, dialedBy: 'proxy_pass http://127.0.0.1:3000 at b:1:1' },
  ];
  for (const facts of [{ openPorts }, { openPorts: [], root: 'a b: #c' }]) {
    const settings = parse(uncommented(starterConfig(facts)));
    expect(Object.keys(settings).sort()).toEqual(Object.keys(configSchema.properties ?? {}).sort());
    expect(new Ajv({ strict: false }).validate(configSchema, settings)).toBe(true);
  }
  expect(parse(uncommented(starterConfig({ openPorts })))).toMatchObject({
    apps: { 'app-3000': 3000 },
    php: '8.3',
  });
});
