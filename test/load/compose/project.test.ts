import { describe, expect, it } from 'vitest';
import type { ComposeProject } from '../../../src/load/compose/project.ts';
import { place, plain, readProject, serviceOf } from './read.ts';

function images(project: ComposeProject): string[] {
  return project.services.map(({ name, image }) => `${name} ${plain(image)}`);
}

function problems({ problems: found }: ComposeProject): string[] {
  return found.map(({ message, span }) => `${place(span).split(' ')[0]} ${message}`);
}

function unread({ unread: found }: ComposeProject): string[] {
  return found.map(({ message, span }) => `${place(span).split(' ')[0]} ${message}`);
}

describe('a compose project', () => {
  it('has a name', async () => {
    const service = 'services: { web: { image: nginx, container_name: "${COMPOSE_PROJECT_NAME}-web" } }\n';
    const named = await readProject({ 'compose.yaml': `name: my-shop\n${service}` });
    expect(plain(named.name)).toBe('my-shop');
    expect(plain(named.services[0]?.containerName)).toBe('my-shop-web');
    const byDirectory = await readProject({ 'My.Shop 2/compose.yaml': service });
    expect(plain(byDirectory.name)).toBe('myshop2');
    const byVariable = await readProject({
      'compose.yaml': `name: my-shop\n${service}`,
      '.env': 'COMPOSE_PROJECT_NAME=other',
    });
    expect(plain(byVariable.name)).toBe('other');
  });

  it('keeps services of profiles, marked', async () => {
    const files = {
      'compose.yaml': `services:
  web: { image: nginx }
  debug: { image: debug, profiles: [debug] }
  test: { image: test, profiles: [test, ci] }
`,
    };
    const started = ({ services }: ComposeProject): unknown => services.map(({ isStarted }) => isStarted);
    expect(started(await readProject(files))).toEqual([true, false, false]);
    expect(started(await readProject({ ...files, '.env': 'COMPOSE_PROFILES=ci,x' }))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('expands anchors and merge keys, and leaves extensions out', async () => {
    const project = await readProject({
      'compose.yaml': `x-base: &base
  image: php:8.3-fpm
  environment: &env { A: 1, B: 1 }
x-more: &more { image: other, restart: always }
services:
  x-not: { image: none }
  app:
    <<: [*base, *more]
    environment:
      <<: *env
      B: 2
  worker: { <<: *base, command: work }
`,
    });
    expect(images(project)).toEqual(['app php:8.3-fpm', 'worker php:8.3-fpm']);
    const app = serviceOf(project, 'app');
    expect(plain(app.restart)).toBe('always');
    expect(
      [...app.environment.variables.values()].map(({ name, value }) => `${name}=${plain(value)}`),
    ).toEqual(['B=2', 'A=1']);
    expect(app.image && place(app.image.span)).toBe('compose.yaml:2 php:8.3-fpm');
  });

  it('with wrong shapes says where', async () => {
    const project = await readProject({
      'compose.yaml': `services:
  web:
    image: [nginx]
    environment: 5
    networks: [[a]]
    depends_on: [{ a: b }]
  app: text
`,
    });
    expect(problems(project)).toEqual([
      'compose.yaml:3 image must be a single value',
      'compose.yaml:4 environment must be a list or a map',
      'compose.yaml:5 networks must be a list of names',
      'compose.yaml:6 depends_on must be a list of services',
      'compose.yaml:7 app must be a map',
    ]);
  });

  it('that is no YAML says where, and keeps what can be read', async () => {
    const project = await readProject({
      'compose.yaml': 'services:\n  web: { image: nginx }\n  app: { image: php\n',
    });
    expect(problems(project)).not.toEqual([]);
    expect(images(project)[0]).toBe('web nginx');
  });

  it.each([
    '',
    '# nothing\n',
    '- a\n',
    'text\n',
    '%',
    '\u0000',
    'services:\n',
    'services: 5\n',
    'include: 5\n',
  ])('of %j throws nothing', async (text) => {
    const project = await readProject({ 'compose.yaml': text });
    expect(project.services).toEqual([]);
  });

  it('tells of a second document, which is not read', async () => {
    const project = await readProject({
      'compose.yaml': 'services: { web: { image: a } }\n---\nservices: {}\n',
    });
    expect(unread(project)).toEqual(['compose.yaml:2 A second document starts here, and only one is read']);
    expect(problems(project)).toEqual([]);
  });
});

describe('overrides', () => {
  const base = `services:
  web:
    image: nginx:1.24
    command: nginx -g "daemon off;"
    ports: ["8080:80", "8443:443"]
    environment: { A: 1, B: 1 }
    volumes: ["./a:/etc/nginx/conf.d", "./html:/usr/share/nginx/html"]
    networks: [front]
    deploy: { resources: { limits: { memory: 1g, cpus: "1" } } }
    depends_on: [app]
    build: ./web
  app: { image: php }
networks: { front: , back: }
`;

  it('merge maps, append lists, replace scalars and commands', async () => {
    const project = await readProject({
      'docker-compose.yml': base,
      'docker-compose.override.yml': `services:
  web:
    image: nginx:1.25
    command: [nginx-debug]
    ports: ["9090:80", "8080:80"]
    environment: [B=2, C=3]
    volumes: ["./b:/etc/nginx/conf.d:ro"]
    networks: { back: { aliases: [www] } }
    deploy: { resources: { limits: { cpus: "2" } } }
    depends_on: { app: { condition: service_healthy } }
    build: { target: dev }
    restart:
  extra: { image: redis }
`,
    });
    expect(images(project)).toEqual(['web nginx:1.25', 'app php', 'extra redis']);
    const web = serviceOf(project, 'web');
    expect(web.command?.kind === 'known' && web.command.value.map(plain)).toEqual(['nginx-debug']);
    expect(web.ports.map(({ span }) => place(span))).toEqual([
      'docker-compose.override.yml:5 "8080:80"',
      'docker-compose.yml:5 "8443:443"',
      'docker-compose.override.yml:5 "9090:80"',
    ]);
    expect(
      [...web.environment.variables.values()].map(({ name, value }) => `${name}=${plain(value)}`),
    ).toEqual(['A=1', 'B=2', 'C=3']);
    expect(web.volumes.map(({ span }) => place(span))).toEqual([
      'docker-compose.override.yml:7 "./b:/etc/nginx/conf.d:ro"',
      'docker-compose.yml:7 "./html:/usr/share/nginx/html"',
    ]);
    expect(web.networks.map(({ network }) => network)).toEqual(['front', 'back']);
    expect(plain(web.memoryLimit)).toBe(1024 ** 3);
    expect(web.dependsOn.map(({ condition }) => plain(condition))).toEqual(['service_healthy']);
    const { build } = web;
    expect(build?.kind === 'known' && [plain(build.value.context), plain(build.value.target)]).toEqual([
      '/repos/shop/web',
      'dev',
    ]);
    expect(place(web.span)).toBe('docker-compose.yml:2 web');
    expect(project.files.map(({ file }) => file)).toEqual([
      'docker-compose.yml',
      'docker-compose.override.yml',
    ]);
  });

  it('may reset and replace', async () => {
    const project = await readProject({
      'compose.yml': base,
      'compose.override.yml': `services:
  web:
    ports: !reset []
    volumes: !override ["./c:/srv"]
    environment: { A: !reset null }
    build: !reset null
  app: !reset null
`,
    });
    expect(images(project)).toEqual(['web nginx:1.24']);
    const web = serviceOf(project, 'web');
    expect(web.ports).toEqual([]);
    expect(web.volumes.map(({ span }) => place(span))).toEqual(['compose.override.yml:4 "./c:/srv"']);
    expect([...web.environment.variables.keys()]).toEqual(['B']);
    expect(web.build).toBeUndefined();
  });
});

describe('extends', () => {
  it('takes from a service of the same file', async () => {
    const project = await readProject({
      'compose.yaml': `services:
  base: { image: php, environment: { A: 1 }, volumes: ["./src:/app"] }
  app: { extends: { service: base }, environment: { B: 2 } }
  worker: { extends: app, command: work }
`,
    });
    const worker = serviceOf(project, 'worker');
    expect(plain(worker.image)).toBe('php');
    expect([...worker.environment.variables.keys()]).toEqual(['A', 'B']);
    expect(worker.volumes).toHaveLength(1);
    expect(place(worker.span)).toBe('compose.yaml:4 worker');
  });

  it('takes from another file, whose paths belong to its directory', async () => {
    const project = await readProject({
      'compose.yaml': `services:
  app:
    extends: { file: docker/common.yml, service: php }
    volumes: ["./src:/app"]
`,
      'docker/common.yml': `services:
  php: { extends: base, build: ., volumes: ["./php.ini:/php.ini"], env_file: php.env }
  base: { restart: always }
`,
      'docker/php.env': 'A=1\n',
    });
    const app = serviceOf(project, 'app');
    expect(app.build?.kind === 'known' && plain(app.build.value.context)).toBe('/repos/shop/docker');
    const sources = app.volumes.map((mount) =>
      mount.kind === 'known' && mount.value.from.kind === 'bind' ? plain(mount.value.from.path) : '',
    );
    expect(sources).toEqual(['/repos/shop/docker/php.ini', '/repos/shop/src']);
    expect([...app.environment.variables.keys()]).toEqual(['A']);
    expect(plain(app.restart)).toBe('always');
    expect(project.services).toHaveLength(1);
    expect(project.files.map(({ file }) => file)).toEqual(['compose.yaml', 'docker/common.yml']);
  });

  it('lets an override extend a service of the base', async () => {
    const project = await readProject({
      'compose.yaml': 'services: { base: { image: php } }\n',
      'compose.override.yaml': 'services: { app: { extends: base } }\n',
    });
    expect(images(project)).toEqual(['base php', 'app php']);
    expect(problems(project)).toEqual([]);
  });

  it('ends where it leads back', async () => {
    const project = await readProject({
      'compose.yaml': `services:
  a: { extends: b, image: a }
  b: { extends: c }
  c: { extends: { file: compose.yaml, service: a } }
  d: { extends: d }
`,
    });
    expect(project.services).toHaveLength(4);
    expect(problems(project)).toContain('compose.yaml:2 a extends itself');
    expect(problems(project)).toContain('compose.yaml:5 d extends itself');
  });

  it('does not take a long chain for one that leads back', async () => {
    const chain = (length: number): string => {
      const links = Array.from({ length }, (_, at) => `  s${at}: { extends: s${at + 1} }\n`);
      return `services:\n${links.join('')}  s${length}: { image: php }\n`;
    };
    const short = await readProject({ 'compose.yaml': chain(50) });
    expect([problems(short), unread(short)]).toEqual([[], []]);
    expect(images(short)).toContain('s0 php');
    const long = await readProject({ 'compose.yaml': chain(52) });
    expect(problems(long)).toEqual([]);
    expect(unread(long)).toContain(
      'compose.yaml:52 more than 50 services extend each other, and not all is read',
    );
    expect(images(long)).not.toContain('s0 php');
  });

  it('says what it cannot find', async () => {
    const project = await readProject({
      'compose.yaml': `services:
  a: { extends: none }
  b: { extends: { file: gone.yml, service: x } }
  c: { extends: { file: ../outside.yml, service: x } }
  d: { extends: { file: "\${FILE}", service: x } }
  e: { extends: { file: [], service: x } }
  f: { extends: [] }
`,
      '/repos/outside.yml': 'services: { x: { image: secret } }\n',
    });
    expect(problems(project)).toEqual([
      'compose.yaml:2 there is no service "none" to extend',
      'compose.yaml:6 extends.file must be a path',
      'compose.yaml:7 extends must name a service',
    ]);
    expect(unread(project)).toEqual([
      'compose.yaml:3 gone.yml is not read: No such file or directory',
      'compose.yaml:4 /repos/outside.yml is not read: No such file or directory',
      'compose.yaml:5 the file it extends is not known: no file defines the variable FILE',
    ]);
    expect(project.services.some(({ image }) => image !== undefined)).toBe(false);
  });
});

describe('include', () => {
  it('adds what other files name, with their own directory and variables', async () => {
    const project = await readProject({
      'compose.yaml': `include:
  - data/compose.yaml
  - path: [cache/compose.yaml, cache/more.yaml]
    project_directory: .
    env_file: cache.env
services:
  web: { image: nginx }
`,
      'data/compose.yaml':
        'services: { db: { image: "mysql:${TAG:-8}", volumes: ["./my.cnf:/etc/my.cnf"] } }\nvolumes: { data: }\n',
      'data/.env': 'TAG=9\n',
      'cache/compose.yaml': 'services: { cache: { image: "redis:${TAG}", env_file: a.env } }\n',
      'cache/more.yaml': 'services: { cache: { command: redis-server --save 60 1 } }\n',
      'cache.env': 'TAG=7\n',
      'a.env': 'A=1\n',
    });
    expect(images(project)).toEqual(['web nginx', 'db mysql:9', 'cache redis:7']);
    const [mount] = serviceOf(project, 'db').volumes;
    expect(mount?.kind === 'known' && mount.value.from.kind === 'bind' && plain(mount.value.from.path)).toBe(
      '/repos/shop/data/my.cnf',
    );
    expect([...serviceOf(project, 'cache').environment.variables.keys()]).toEqual(['A']);
    expect(serviceOf(project, 'cache').command?.kind).toBe('known');
    expect([...project.volumes.keys()]).toEqual(['data']);
    expect(problems(project)).toEqual([]);
  });

  it('says what both name, and what leads back', async () => {
    const project = await readProject({
      'compose.yaml': 'include: [a.yaml, self/compose.yaml]\nservices: { web: { image: nginx } }\n',
      'a.yaml': 'services: { web: { image: other } }\n',
      'self/compose.yaml': 'include: [../compose.yaml]\nservices: { x: { image: x } }\n',
    });
    expect(images(project)).toEqual(['web nginx', 'x x']);
    expect(problems(project)).toEqual([
      'compose.yaml:1 services.web is declared here and in what is included',
      'self/compose.yaml:1 a file includes itself',
    ]);
  });

  it('says what is not read', async () => {
    const project = await readProject({
      'compose.yaml': 'include:\n  - gone.yaml\n  - ${FILE}\n  - oci://docker.io/a/b\n  - {}\n',
    });
    expect(unread(project)).toEqual([
      'compose.yaml:2 gone.yaml is not read: No such file or directory',
      'compose.yaml:3 what it includes is not known: no file defines the variable FILE',
      'compose.yaml:4 oci:/docker.io/a/b is not read: No such file or directory',
    ]);
    expect(problems(project)).toEqual(['compose.yaml:5 include must name a file']);
  });
});

describe('files made to hurt', () => {
  it('end: aliases that double', async () => {
    const lines = ['x-a0: &a0 { k: [1, 2] }'];
    for (let index = 1; index < 40; index++) {
      lines.push(`x-a${index}: &a${index} { k: [*a${index - 1}, *a${index - 1}] }`);
    }
    lines.push('services: { web: { image: nginx, environment: *a39, labels: *a39, volumes: [*a39] } }');
    const project = await readProject({ 'compose.yaml': `${lines.join('\n')}\n` });
    expect(images(project)).toEqual(['web nginx']);
    expect(problems(project)).not.toEqual([]);
  });

  it('end: merge keys that bring in everything again and again', async () => {
    const keys = Array.from({ length: 400 }, (_, index) => `k${index}: 1`).join(', ');
    const lines = [`x-m0: &m0 { ${keys} }`];
    for (let index = 1; index < 400; index++) lines.push(`x-m${index}: &m${index} { <<: *m${index - 1} }`);
    lines.push('services: { web: { image: nginx } }');
    const project = await readProject({ 'compose.yaml': `${lines.join('\n')}\n` });
    expect(images(project)).toEqual(['web nginx']);
    expect(problems(project)).toEqual(['compose.yaml:1 its merge keys bring in more than is read']);
  });

  it('end: values inside of themselves', async () => {
    const project = await readProject({
      'compose.yaml': 'services: &s\n  web: &w { image: nginx, <<: *w, environment: *s, build: *w }\n',
    });
    expect(images(project)).toEqual(['web nginx']);
  });

  it('end: variables that double the one above', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `A${index + 1}=\${A${index}}\${A${index}}`);
    const project = await readProject({
      '.env': ['A0=xx', ...lines, ''].join('\n'),
      'compose.yaml': 'services: { web: { image: nginx, environment: { X: "${A60}" } } }\n',
    });
    expect(images(project)).toEqual(['web nginx']);
  });

  it('end: files that include two others each', async () => {
    const files: Record<string, string> = {
      'compose.yaml': 'include: [f0.yaml]\nservices: { web: { image: a } }\n',
    };
    for (let index = 0; index < 30; index++) {
      files[`f${index}.yaml`] = `include: [f${index + 1}.yaml, ./f${index + 1}.yaml]\nservices: {}\n`;
    }
    const project = await readProject(files);
    expect(images(project)).toEqual(['web a']);
  });
});
