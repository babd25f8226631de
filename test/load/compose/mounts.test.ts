import { describe, expect, it } from 'vitest';
import type { ServiceMount } from '../../../src/load/compose/service.ts';
import type { Given } from '../../../src/syntax/compose/given.ts';
import { place, plain, readOne, readProject, serviceOf } from './read.ts';

function shown(mount: Given<ServiceMount>): string {
  if (mount.kind === 'unknown') return `(${mount.why})`;
  const { target, isReadOnly, from } = mount.value;
  return `${source(from)} at ${plain(target)}${isReadOnly ? ' read-only' : ''}`;
}

function source(from: ServiceMount['from']): string {
  switch (from.kind) {
    case 'bind':
      return `${from.creates ? '' : 'existing '}${plain(from.path)}`;
    case 'volume':
      return `volume ${from.volume ?? 'without a name'}${from.subpath ? ` ${plain(from.subpath)}` : ''}${from.isBare ? ' bare' : ''}`;
    case 'tmpfs':
      return 'tmpfs';
    default:
      return from.type;
  }
}

async function mounts(lines: string): Promise<string[]> {
  return (await readOne(lines)).volumes.map(shown);
}

describe('volumes', () => {
  it.each([
    [
      './nginx/default.conf:/etc/nginx/conf.d/default.conf',
      '/repos/shop/nginx/default.conf at /etc/nginx/conf.d/default.conf',
    ],
    ['./nginx:/etc/nginx/conf.d:ro', '/repos/shop/nginx at /etc/nginx/conf.d read-only'],
    ['./nginx:/etc/nginx/conf.d/:z,ro', '/repos/shop/nginx at /etc/nginx/conf.d read-only'],
    ['.:/var/www', '/repos/shop at /var/www'],
    ['../:/srv', '/repos at /srv'],
    ['/var/run/docker.sock:/tmp/docker.sock', '/var/run/docker.sock at /tmp/docker.sock'],
    ['~/code:/var/www', 'unknown: it is in the home directory of whoever starts it at /var/www'],
    ['C:\\code:/var/www', 'unknown: it is a path of Windows at /var/www'],
    ['data:/var/lib/mysql', 'volume data at /var/lib/mysql'],
    ['data:/var/lib/mysql:nocopy', 'volume data bare at /var/lib/mysql'],
    ['/var/lib/mysql', 'volume without a name at /var/lib/mysql'],
    ['"${CODE}:/var/www"', 'unknown: no file defines the variable CODE at /var/www'],
    ['"${CODE:-./src}:/var/www"', '/repos/shop/src at /var/www'],
    ['"./src:${TARGET}"', '/repos/shop/src at unknown: no file defines the variable TARGET'],
    ['"x-${NAME}:/data"', '(the name of its volume is not known)'],
    ['./src:app', '/repos/shop/src at unknown: it is not an absolute path'],
    ['"aa:bb:cc:dd"', '("aa:bb:cc:dd" is not a volume)'],
  ])('%s', async (written, expected) => {
    expect(await mounts(`volumes:\n  - ${written}`)).toEqual([expected]);
  });

  it('have a long form', async () => {
    const lines = `volumes:
  - { type: bind, source: ./a, target: /a, read_only: true }
  - type: bind
    source: ./b
    target: /b
    bind: { create_host_path: true }
  - { type: volume, source: data, target: /c, volume: { nocopy: true, subpath: sub } }
  - { type: volume, target: /d }
  - { type: tmpfs, target: /e }
  - { type: npipe, source: x, target: /f }
  - { type: bind, target: /g }
  - { type: bind, source: ./h }`;
    expect(await mounts(lines)).toEqual([
      'existing /repos/shop/a at /a read-only',
      '/repos/shop/b at /b',
      'volume data sub bare at /c',
      'volume without a name at /d',
      'tmpfs at /e',
      'npipe at /f',
      '(the bind mount has no source)',
      '(the volume has no target)',
    ]);
  });

  it('and tmpfs are unique by target', async () => {
    expect(await mounts('tmpfs:\n  - /run:size=64m\n  - /tmp\nvolumes: ["./a:/run"]')).toEqual([
      'tmpfs at /run',
      'tmpfs at /tmp',
    ]);
  });

  it('know where source and target stand', async () => {
    const [mount] = (await readOne('volumes:\n  - ./nginx:/etc/nginx/conf.d:ro')).volumes;
    if (mount?.kind !== 'known' || mount.value.from.kind !== 'bind') throw new Error('no bind mount');
    expect(place(mount.span)).toBe('compose.yaml:4 ./nginx:/etc/nginx/conf.d:ro');
    expect(place(mount.value.target.span)).toBe('compose.yaml:4 /etc/nginx/conf.d');
    expect(place(mount.value.from.path.span)).toBe('compose.yaml:4 ./nginx');
  });

  it('of the project say what they are', async () => {
    const { volumes } = await readProject({
      'compose.yaml': `name: shop
services: { web: { image: nginx } }
volumes:
  plain:
  code: { driver: local, driver_opts: { type: none, o: bind, device: ./src } }
  memory: { driver_opts: { type: tmpfs, device: tmpfs } }
  other: { external: true }
  named: { external: true, name: theirs }
  old: { external: { name: ancient } }
  maybe: { external: "\${EXTERNAL}" }
`,
    });
    const shownVolumes = [...volumes.values()].map(({ key, name, isExternal, bind, isSpecial }) => [
      key,
      plain(name),
      plain(isExternal),
      plain(bind),
      isSpecial,
    ]);
    const why = 'unknown: no file defines the variable EXTERNAL';
    expect(shownVolumes).toEqual([
      ['plain', 'shop_plain', false, undefined, false],
      ['code', 'shop_code', false, '/repos/shop/src', false],
      ['memory', 'shop_memory', false, undefined, true],
      ['other', 'other', true, undefined, false],
      ['named', 'theirs', true, undefined, false],
      ['old', 'ancient', true, undefined, false],
      ['maybe', why, why, undefined, false],
    ]);
  });
});

describe('configs and secrets', () => {
  it('put files of the project into containers', async () => {
    const project = await readProject({
      'compose.yaml': `services:
  web:
    image: nginx
    configs:
      - site
      - { source: site, target: /etc/nginx/conf.d/default.conf, mode: 0440 }
      - { source: text, target: /etc/nginx/text.conf }
    secrets:
      - key
      - { source: key, target: other.key }
      - { source: theirs, target: /run/theirs }
      - nowhere
configs:
  site: { file: ./nginx/site.conf }
  text:
    content: |
      server { listen \${PORT:-80}; }
secrets:
  key: { file: ./key.pem }
  theirs: { external: true }
`,
    });
    const { configs, secrets } = serviceOf(project, 'web');
    const shownFiles = [...configs, ...secrets].map((file) => {
      if (file.kind === 'unknown') return file.why;
      const { target, content } = file.value;
      const from =
        content.kind === 'file'
          ? plain(content.path)
          : content.kind === 'inline'
            ? plain(content.text)
            : content.why;
      return [plain(target), from];
    });
    expect(shownFiles).toEqual([
      ['/site', '/repos/shop/nginx/site.conf'],
      ['/etc/nginx/conf.d/default.conf', '/repos/shop/nginx/site.conf'],
      ['/etc/nginx/text.conf', 'server { listen 80; }\n'],
      ['/run/secrets/key', '/repos/shop/key.pem'],
      ['/run/secrets/other.key', '/repos/shop/key.pem'],
      ['/run/theirs', 'it is made elsewhere'],
      ['/run/secrets/nowhere', 'the project does not declare "nowhere"'],
    ]);
  });
});
