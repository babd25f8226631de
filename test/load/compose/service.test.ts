import { describe, expect, it } from 'vitest';
import { place, plain, readOne, readProject, serviceOf } from './read.ts';

describe('a service', () => {
  it('says what it runs', async () => {
    const service = await readOne(`image: php:8.3-fpm
container_name: shop-web
hostname: web.local
domainname: example.com
user: "1000:1000"
working_dir: /var/www
command: php-fpm -F -c "/etc/my php.ini"
entrypoint: ["/entry.sh", "--port", "\${PORT}"]
restart: unless-stopped
dns: 1.1.1.1
scale: 3
healthcheck: { test: ["CMD", "true"] }`);
    expect(plain(service.image)).toBe('php:8.3-fpm');
    expect(service.image && place(service.image.span)).toBe('compose.yaml:3 php:8.3-fpm');
    expect(plain(service.containerName)).toBe('shop-web');
    expect(plain(service.hostname)).toBe('web.local');
    expect(plain(service.domainName)).toBe('example.com');
    expect(plain(service.user)).toBe('1000:1000');
    expect(plain(service.workingDirectory)).toBe('/var/www');
    expect(service.command?.kind === 'known' && service.command.value.map(plain)).toEqual([
      'php-fpm',
      '-F',
      '-c',
      '/etc/my php.ini',
    ]);
    expect(service.command?.kind === 'known' && service.command.value.map(({ span }) => place(span))).toEqual(
      [
        'compose.yaml:9 php-fpm',
        'compose.yaml:9 -F',
        'compose.yaml:9 -c',
        'compose.yaml:9 "/etc/my php.ini"',
      ],
    );
    expect(service.entrypoint?.kind === 'known' && service.entrypoint.value.map(plain)).toEqual([
      '/entry.sh',
      '--port',
      'unknown: no file defines the variable PORT',
    ]);
    expect(plain(service.restart)).toBe('unless-stopped');
    expect(service.dns.map(plain)).toEqual(['1.1.1.1']);
    expect(plain(service.replicas)).toBe(3);
    expect(service.hasHealthcheck).toBe(true);
    expect(service.doubts).toEqual([]);
    expect(place(service.span)).toBe('compose.yaml:2 web');
  });

  it('has what is implied where it says nothing', async () => {
    const service = await readOne('image: nginx');
    expect(service.networks.map(({ network }) => network)).toEqual(['default']);
    expect(plain(service.replicas)).toBe(1);
    expect(service.isStarted).toBe(true);
    expect(service.command).toBeUndefined();
    expect(service.build).toBeUndefined();
    expect(service.memoryLimit).toBeUndefined();
    expect(service.hasHealthcheck).toBe(false);
  });

  it.each([
    ['mem_limit: 512m', 512 * 1024 ** 2],
    ['mem_limit: 1073741824', 1024 ** 3],
    ['mem_limit: 1.5gb', 1.5 * 1024 ** 3],
    ['deploy: { resources: { limits: { memory: 50M } } }', 50 * 1024 ** 2],
    ['mem_limit: 1g\ndeploy: { resources: { limits: { memory: 64MiB } } }', 64 * 1024 ** 2],
    ['mem_limit: ${MEMORY}', 'unknown: no file defines the variable MEMORY'],
    ['mem_limit: much', 'unknown: it is no size'],
  ])('has a memory limit by %s', async (lines, expected) => {
    expect(plain((await readOne(lines)).memoryLimit)).toBe(expected);
  });

  it.each([
    ['command: ""', []],
    ['command: []', []],
    ['command: sh -c "php-fpm && nginx"', ['sh', '-c', 'php-fpm && nginx']],
    ["command: a\\ b 'c d'", ['a b', 'c d']],
    ['command: >\n  a\n  b', ['a', 'b']],
  ])('splits %j', async (lines, expected) => {
    const { command } = await readOne(lines);
    expect(command?.kind === 'known' && command.value.map(plain)).toEqual(expected);
  });

  it('leaves a command alone that does not end', async () => {
    expect(plain((await readOne('command: sh -c "php')).command)).toBe(
      'unknown: it has a quote that never ends',
    );
  });

  it('is built from a context', async () => {
    const { build } = await readOne('build: ./php');
    if (build?.kind !== 'known') throw new Error('no build');
    expect(plain(build.value.context)).toBe('/repos/shop/php');
    expect(plain(build.value.dockerfile)).toBe('/repos/shop/php/Dockerfile');
  });

  it('is built as a map says', async () => {
    const { build } = await readOne(
      `build:
  context: ..
  dockerfile: docker/php/Dockerfile.prod
  target: app
  args: [VERSION=8.3, UID, "MODE=\${MODE:-dev}"]
  additional_contexts: { conf: ./conf, base: "docker-image://alpine" }`,
      { '.env': 'UID=1000' },
    );
    if (build?.kind !== 'known') throw new Error('no build');
    const { context, dockerfile, target, args, additionalContexts } = build.value;
    expect(plain(context)).toBe('/repos');
    expect(plain(dockerfile)).toBe('/repos/docker/php/Dockerfile.prod');
    expect(plain(target)).toBe('app');
    expect([...args].map(([name, value]) => [name, plain(value)])).toEqual([
      ['VERSION', '8.3'],
      ['UID', '1000'],
      ['MODE', 'dev'],
    ]);
    expect([...additionalContexts].map(([name, value]) => [name, plain(value)])).toEqual([
      ['conf', '/repos/shop/conf'],
      ['base', 'docker-image://alpine'],
    ]);
  });

  it('may carry its Dockerfile', async () => {
    const { build } = await readOne('build:\n  dockerfile_inline: |\n    FROM nginx\n    EXPOSE 81');
    if (build?.kind !== 'known') throw new Error('no build');
    expect(plain(build.value.dockerfileInline)).toBe('FROM nginx\nEXPOSE 81\n');
    expect(build.value.dockerfile).toBeUndefined();
    expect(plain(build.value.context)).toBe('/repos/shop');
  });

  it.each(['https://github.com/a/b.git', 'git@github.com:a/b.git'])(
    'does not know what is at %s',
    async (url) => {
      const { build } = await readOne(`build: ${url}`);
      expect(build?.kind === 'known' && plain(build.value.context)).toBe(
        'unknown: it is fetched from elsewhere',
      );
      expect(build?.kind === 'known' && plain(build.value.dockerfile)).toBe(
        'unknown: it is fetched from elsewhere',
      );
    },
  );

  it('has an environment', async () => {
    const { environment } = await readOne(
      `env_file:
  - first.env
  - { path: second.env, format: raw }
  - { path: optional.env, required: false }
environment:
  OVER: mine
  NUMBER: 8080
  FLAG: "true"
  FROM_DOTENV:
  FROM_SHELL:
  FILLED: "\${BASE:-x}/y"`,
      {
        'first.env': 'OVER=first\nA=1\nB=${A}2\nC=$FROM_DOTENV\n',
        'second.env': 'D=$A\n',
        '.env': 'FROM_DOTENV=yes\n',
      },
    );
    const variables = [...environment.variables.values()];
    expect(variables.map(({ name, value, isCertain }) => [name, plain(value), isCertain])).toEqual([
      ['OVER', 'mine', true],
      ['A', '1', true],
      ['B', '12', true],
      ['C', 'yes', true],
      ['D', '$A', true],
      ['NUMBER', '8080', true],
      ['FLAG', 'true', true],
      ['FROM_DOTENV', 'yes', true],
      ['FROM_SHELL', 'unknown: it is passed on from the shell', false],
      ['FILLED', 'x/y', true],
    ]);
    expect(environment.unread).toEqual([]);
    expect(variables[1] && place(variables[1].value.span)).toBe('first.env:2 1');
  });

  it('has an environment in a list too', async () => {
    const { environment } = await readOne('environment:\n  - A=1=2\n  - "B=${NONE}"\n  - C\n  - D=');
    expect([...environment.variables.values()].map(({ name, value }) => [name, plain(value)])).toEqual([
      ['A', '1=2'],
      ['B', 'unknown: no file defines the variable NONE'],
      ['C', 'unknown: it is passed on from the shell'],
      ['D', ''],
    ]);
  });

  it('has an environment that is not whole where an env file is not there', async () => {
    const { environment, doubts } = await readOne('env_file: [gone.env]');
    expect(environment.unread.map(({ message, span }) => [message, place(span)])).toEqual([
      ['the env file "gone.env" is not read: No such file or directory', 'compose.yaml:3 gone.env'],
    ]);
    expect(doubts).toEqual([]);
  });

  it('does not read env files outside of what is given', async () => {
    const { environment } = await readOne('env_file: ../secret.env', { '/repos/secret.env': 'TOKEN=1' });
    expect(environment.variables.size).toBe(0);
    expect(environment.unread).toHaveLength(1);
  });

  it('has names for others', async () => {
    const service = await readOne(`links: ["db", "db:database"]
external_links: ["legacy_mysql_1:mysql"]
extra_hosts:
  - host.docker.internal:host-gateway
  - "api.local=10.0.0.5"
  - "six:[::1]"
  - "\${NAME}:1.2.3.4"
depends_on: [db]`);
    expect(service.links.map(plain)).toEqual([
      { target: 'db', alias: 'db' },
      { target: 'db', alias: 'database' },
    ]);
    expect(service.externalLinks.map(plain)).toEqual([{ target: 'legacy_mysql_1', alias: 'mysql' }]);
    expect(service.extraHosts.map(plain)).toEqual([
      { name: 'host.docker.internal', address: 'host-gateway' },
      { name: 'api.local', address: '10.0.0.5' },
      { name: 'six', address: '::1' },
    ]);
    expect(service.doubts).toHaveLength(1);
    expect(service.dependsOn.map(({ service: name, span }) => [name, place(span)])).toEqual([
      ['db', 'compose.yaml:10 db'],
    ]);
  });

  it('may map its hosts and dependencies', async () => {
    const { extraHosts, dependsOn } = await readOne(`extra_hosts: { a: 10.0.0.1, b: [10.0.0.2, 10.0.0.3] }
depends_on:
  db: { condition: service_healthy }
  cache: { condition: service_started, required: false }`);
    expect(extraHosts.map(plain)).toEqual([
      { name: 'a', address: '10.0.0.1' },
      { name: 'b', address: '10.0.0.2' },
      { name: 'b', address: '10.0.0.3' },
    ]);
    expect(
      dependsOn.map(({ service, condition, isRequired }) => [service, plain(condition), isRequired]),
    ).toEqual([
      ['db', 'service_healthy', true],
      ['cache', 'service_started', false],
    ]);
  });

  it.each([
    ['host', { kind: 'host' }],
    ['none', { kind: 'none' }],
    ['bridge', { kind: 'bridge' }],
    ['service:app', { kind: 'service', name: 'app' }],
    ['"container:legacy"', { kind: 'container', name: 'legacy' }],
    ['my-net', { kind: 'network', name: 'my-net' }],
    ['${MODE}', 'unknown: no file defines the variable MODE'],
  ])('has the network mode %s', async (mode, expected) => {
    const { networkMode, networks } = await readOne(`network_mode: ${mode}`);
    expect(plain(networkMode)).toEqual(expected);
    expect(networks).toEqual([]);
  });

  it('is in networks', async () => {
    const project = await readProject({
      'compose.yaml': `name: shop
services:
  web: { image: nginx, networks: [front, back] }
  app:
    image: app
    networks:
      back:
        aliases: [api, "\${ALIAS}"]
        ipv4_address: 172.16.0.5
      front:
  unsure: { image: app, networks: ["\${NET}"] }
networks:
  front: { driver: bridge, internal: true }
  back: { external: true, name: shared }
`,
    });
    expect(serviceOf(project, 'web').networks.map(({ network, span }) => [network, place(span)])).toEqual([
      ['front', 'compose.yaml:3 front'],
      ['back', 'compose.yaml:3 back'],
    ]);
    const [back, front] = serviceOf(project, 'app').networks;
    expect(back?.aliases.map(plain)).toEqual(['api', 'unknown: no file defines the variable ALIAS']);
    expect(plain(back?.ipv4Address)).toBe('172.16.0.5');
    expect(front?.network).toBe('front');
    expect(serviceOf(project, 'unsure').networks).toEqual([]);
    expect(serviceOf(project, 'unsure').doubts).toHaveLength(1);
    const declared = [...project.networks.values()].map(({ key, name, isExternal, isInternal }) => [
      key,
      plain(name),
      plain(isExternal),
      isInternal,
    ]);
    expect(declared).toEqual([
      ['front', 'shop_front', false, true],
      ['back', 'shared', true, false],
      ['default', 'shop_default', false, false],
    ]);
  });

  it('that takes volumes from another container is in doubt', async () => {
    const { doubts } = await readOne('volumes_from: [data]');
    expect(doubts.map(({ message, span }) => [message, place(span)])).toEqual([
      ['it mounts the volumes of another container', 'compose.yaml:3 volumes_from'],
    ]);
  });
});
