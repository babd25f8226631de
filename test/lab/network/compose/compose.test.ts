import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Tree, TreeEntry } from '../../plan.ts';
import { imageOf } from '../images.ts';
import type { Container, HostPlan, NetworkPlan } from '../plan.ts';
import { readCompose } from './file.ts';
import { interpolate, readEnvFile } from './interpolate.ts';
import { composePlan } from './plan.ts';
import { words } from './values.ts';

const lab = resolve(import.meta.dirname, '../..');

function repository(files: Readonly<Record<string, string>>): Tree {
  return new Map(
    Object.entries(files).map(([path, text]): [string, TreeEntry] => [
      `/${path}`,
      { kind: 'file', text, mode: 0o644, owner: '0:0' },
    ]),
  );
}

function plan(files: Readonly<Record<string, string>>): NetworkPlan {
  return composePlan(repository(files), (name) => imageOf(lab, name), []);
}

function hostOf({ hosts }: NetworkPlan, name: string): HostPlan & { readonly body: Container } {
  const host = hosts.find((known) => known.name === name);
  if (host?.body.kind !== 'container') throw new Error(`there is no ${name}`);
  return { ...host, body: host.body };
}

function hostsFileOf(network: NetworkPlan, name: string): string {
  const entry = new Map(hostOf(network, name).body.entries).get('/etc/hosts');
  return entry?.kind === 'file' ? entry.text : '';
}

describe('variables of a compose file', () => {
  const environment = readEnvFile('PORT=3000\nEMPTY=\nQUOTED="a # b"  # a comment\n# OFF=1\n');

  it.each([
    ['$PORT', '3000'],
    ['${PORT}:80', '3000:80'],
    ['${NONE-8080}', '8080'],
    ['${EMPTY-8080}', ''],
    ['${EMPTY:-8080}', '8080'],
    ['${PORT:+yes}', 'yes'],
    ['$$PORT', '$PORT'],
    ['${QUOTED}', 'a # b'],
    ['${NONE}', ''],
  ])('%s is %j', (text, expected) => {
    expect(interpolate([text], environment)).toEqual([expected]);
  });

  it('must be there where the file insists', () => {
    expect(() => interpolate('${NONE:?say it}', environment)).toThrow('say it');
  });
});

describe('a compose project', () => {
  const base = 'services:\n  web:\n    image: nginx\n    ports: ["8080:80"]\n    environment: [A=1]\n';

  it('is its file with the override on top', () => {
    const override = 'services:\n  web:\n    ports: ["8443:443"]\n    environment: { A: 2, B: 3 }\n';
    const { services } = readCompose(repository({ 'compose.yaml': base, 'compose.override.yaml': override }));
    expect(services['web']).toEqual({
      image: 'nginx',
      ports: ['8080:80', '8443:443'],
      environment: { A: '2', B: '3' },
    });
  });

  it('starts no service of a profile that nobody asked for', () => {
    const tools = `${base}  tool:\n    image: node\n    profiles: [tools]\n`;
    expect(Object.keys(readCompose(repository({ 'compose.yaml': tools })).services)).toEqual(['web']);
    const asked = repository({ 'compose.yaml': tools, '.env': 'COMPOSE_PROFILES=tools' });
    expect(Object.keys(readCompose(asked).services)).toEqual(['web', 'tool']);
  });

  it('takes what a service extends, and merge keys', () => {
    const text =
      'x-app: &app\n  image: node\n  user: node\nservices:\n  a:\n    <<: *app\n    command: node a.js\n  b:\n    extends: a\n    command: node b.js\n';
    const { services } = readCompose(repository({ 'compose.yaml': text }));
    expect(services['b']).toEqual({ image: 'node', user: 'node', command: 'node b.js' });
  });

  it('gives names where a network is shared, and nowhere else', () => {
    const network = plan({
      'compose.yaml': `services:
  web: { image: nginx, networks: [front], links: ["api:backend"] }
  api:
    image: node
    container_name: shop-api
    networks: { front: { aliases: [rest] }, back: null }
  db: { image: "postgres:16", networks: [back] }
`,
    });
    expect(hostsFileOf(network, 'web').split('\n').slice(2, -1)).toEqual([
      '172.18.0.2 web',
      '172.18.0.2 shop-web-1',
      '172.18.0.3 api',
      '172.18.0.3 shop-api',
      '172.18.0.3 rest',
      '172.18.0.3 backend',
    ]);
    expect(hostsFileOf(network, 'db')).toContain('172.19.0.2 api\n');
    expect(hostsFileOf(network, 'db')).not.toContain('web');
    expect(hostOf(network, 'db').body.program).toBeUndefined();
  });

  it('publishes ports on the machine', () => {
    const ports = '["8080:80", "127.0.0.1:9001-9002:1-2", "81", { target: 5, published: "6" }, "53:53/udp"]';
    const { published } = plan({ 'compose.yaml': `services:\n  web: { image: nginx, ports: ${ports} }\n` });
    expect(published.map(({ address, port, to }) => `${address}:${port} ${to.join(':')}`)).toEqual([
      '0.0.0.0:8080 172.18.0.2:80',
      '127.0.0.1:9001 172.18.0.2:1',
      '127.0.0.1:9002 172.18.0.2:2',
      '0.0.0.0:6 172.18.0.2:5',
    ]);
  });

  it('shares what is mounted', () => {
    const network = plan({
      'compose.yaml': `services:
  web: { image: nginx, volumes: ["./conf:/etc/nginx/conf.d:ro", "code:/srv/code"] }
  php: { image: "php:8.2-fpm-alpine", volumes: ["code:/var/www/html"], user: "www-data" }
volumes: { code: {} }
`,
    });
    expect(hostOf(network, 'web').body.mounts).toEqual([
      { volume: 'repository', from: '/conf', to: '/etc/nginx/conf.d', readOnly: true },
      { volume: 'volume-code', from: '/', to: '/srv/code', readOnly: false },
    ]);
    const code = network.volumes.find(({ name }) => name === 'volume-code');
    expect(code?.entries).toEqual([['/', { kind: 'directory', mode: 0o1777, owner: '82:82' }]]);
    expect(hostOf(network, 'php').body.program?.user).toBe('82:82');
  });

  it('builds an image that only copies', () => {
    const network = plan({
      'compose.yaml': 'services:\n  app: { build: ./app }\n',
      'app/Dockerfile':
        'FROM node:20\nWORKDIR /srv\nENV PORT=3000\nCOPY server.js ./\nCMD ["node", "server.js"]\n',
      'app/server.js': '// the app\n',
    });
    const { program, entries } = hostOf(network, 'app').body;
    expect(program).toMatchObject({
      kind: 'app',
      command: ['node', 'server.js'],
      directory: '/srv',
      environment: { PORT: '3000' },
    });
    expect(new Map(entries).get('/srv/server.js')).toMatchObject({ text: '// the app\n' });
  });
});

describe('a command line', () => {
  it.each([
    ["nginx -g 'daemon off;'", ['nginx', '-g', 'daemon off;']],
    ['sh -c "a b"', ['sh', '-c', 'a b']],
    [
      ['node', 'x y'],
      ['node', 'x y'],
    ],
  ])('%j is %j', (command, expected) => {
    expect(words(command)).toEqual(expected);
  });
});
