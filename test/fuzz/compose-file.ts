import type { Corpus } from './corpus.ts';
import { pieces } from './pieces.ts';
import type { Random } from './random.ts';
import { anyText, mutated, orRepeated, soup } from './texts.ts';

/** What a service may say, and what stands behind it in files that people write. */
const settings: readonly (readonly [string, readonly string[]])[] = [
  [
    'image',
    ['nginx:1.22', 'nginx', 'php:8.2-fpm', 'php:${TAG:-8.2}-fpm', 'node:20', '${IMAGE}', 'x/y@sha256:0'],
  ],
  [
    'build',
    ['.', '{ context: ., target: app, args: [A=1, B] }', '{ dockerfile: x/Dockerfile, args: { A: $A } }'],
  ],
  [
    'build',
    ['{ context: .., dockerfile_inline: "FROM nginx\\nCOPY a /b" }', 'https://example.com/x.git', '$A'],
  ],
  [
    'command',
    [
      'nginx -g "daemon off;"',
      '[php-fpm, -F]',
      'sh -c "exec $$0"',
      'npm start',
      'node server.js --port 3000',
      '[]',
    ],
  ],
  ['entrypoint', ['/start.sh', '[sh, /start.sh]', '""', './start.sh -x', '["/start.sh", "$A"]']],
  [
    'environment',
    ['{ A: 1, PORT: "${PORT:-3000}" }', '[A, B=2, "C=$A"]', '*a', '{ NGINX_ENVSUBST_TEMPLATE_SUFFIX: .x }'],
  ],
  ['env_file', ['.env', '[.env, x/.env]', '[{ path: .env, required: false, format: raw }]', '../.env', '$A']],
  [
    'ports',
    [
      '["80:80"]',
      '["127.0.0.1:8080-8090:80-90/tcp", 443]',
      '[{ target: 80, published: "$A" }]',
      '*b',
      '[":"]',
    ],
  ],
  ['expose', ['[9000]', '["3000-3005/udp"]', '[$A]']],
  [
    'networks',
    [
      '[front]',
      '{ front: { aliases: [app, "${A}"] }, back: }',
      '*a',
      '{ default: { ipv4_address: 10.0.0.2 } }',
    ],
  ],
  ['network_mode', ['host', 'none', '"service:web"', '"container:x"', '"service:nobody"', 'bridge']],
  [
    'volumes',
    ['["./:/etc/nginx/conf.d:ro"]', '["./site.conf:/etc/nginx/conf.d/default.conf", data:/data]', '*b'],
  ],
  [
    'volumes',
    ['[{ type: bind, source: ., target: /x }, "sock:/run/php"]', '["../:/a", "~/a:/b", "/etc:/c", "$A:/d"]'],
  ],
  [
    'volumes',
    [
      '["./app.template:/etc/nginx/templates/app.conf.template"]',
      '["./pool.conf:/usr/local/etc/php-fpm.d/z.conf"]',
    ],
  ],
  ['configs', ['[c]', '[{ source: c, target: /etc/nginx/conf.d/c.conf }]', '[{ source: nobody }]']],
  ['secrets', ['[s]', '[{ source: s, target: /x/../y }]']],
  ['extra_hosts', ['["app:10.0.0.5", "x=host-gateway"]', '{ php: 127.0.0.1, a: "${A}" }', '["web:web"]']],
  ['links', ['[php:fpm, db]', '["nobody:x"]']],
  ['external_links', ['["other_php_1:php"]']],
  ['depends_on', ['[php]', '{ php: { condition: service_healthy }, web: }']],
  ['profiles', ['[debug]', '["$A", all]', '[]']],
  [
    'extends',
    ['php', '{ service: base, file: base.yaml }', '{ service: web }', '{ file: compose.yaml, service: app }'],
  ],
  ['deploy', ['{ replicas: 2, resources: { limits: { memory: 256m } } }', '{ mode: global }']],
  ['dns', ['[10.0.0.53]', '"${A}"']],
  ['healthcheck', ['{ test: [CMD, x] }', '{ disable: true }']],
  ['user', ['"33:33"', 'www-data', 'root', '$A']],
  ['mem_limit', ['1g', '"12 kb"', '$A', '-1']],
  ['container_name', ['web', 'my_php', '${A}']],
  ['hostname', ['app', '${A:-php}']],
  ['working_dir', ['/srv', 'srv', '$A']],
  ['volumes_from', ['[php:ro, "container:x"]']],
  ['restart', ['always', '"no"', 'on-failure:3']],
  ['scale', ['3', '$A']],
  ['tmpfs', ['/run', '[/etc/nginx/conf.d]']],
  ['provider', ['{ type: x }']],
];

/** What stands beside the services. */
const sections: readonly string[] = [
  'networks:\n  front:\n  back: { external: true }\n',
  'networks: { front: { name: "${A}", internal: true, driver: host }, default: { name: x } }\n',
  'volumes:\n  data:\n  sock: { driver_opts: { type: none, o: bind, device: . } }\n',
  'volumes: { sock: { external: "$A" }, data: { driver_opts: { type: tmpfs } } }\n',
  'configs: { c: { content: "server { listen $A; }" } }\n',
  'configs:\n  c: { file: ./site.conf }\n',
  'secrets: { s: { environment: A }, t: { file: ../x } }\n',
  'name: ${A:-shop}\n',
  'include: [base.yaml, { path: [x/compose.yaml, base.yaml], env_file: x/.env, project_directory: x }]\n',
  'include:\n  - compose.yaml\n  - ../compose.yaml\n',
  'include:\n  - "${A}.yaml"\n',
  'x-a: &c [1, *a, *b]\n',
];

const services: readonly string[] = ['web', 'php', 'app', 'base'];

/** One entry of a map: mostly as people write it, now and then replaced, taken away, or from an anchor. */
function entry(random: Random, [key, values]: readonly [string, readonly string[]]): string {
  if (random.once(40)) return `${key}: ${soup(random, pieces.compose, 6)}`;
  if (random.once(30)) return `${key}: !reset null`;
  const tag = random.once(30) ? '!override ' : random.once(30) ? '&b ' : '';
  return `${key}: ${tag}${random.pick(values)}`;
}

function service(random: Random, name: string): string {
  const usual = random.once(4) ? ['build: .'] : (usually[name] ?? ['image: node:20']);
  const odd = Array.from({ length: random.below(random.once(2) ? 2 : 6) }, () => random.pick(settings));
  const merged = random.once(6) ? [random.pick(['<<: *a', '<<: [*a, *c]', '<<: { image: nginx }'])] : [];
  const lines = [...merged, ...usual, ...odd.map((each) => entry(random, each))];
  // A key that stands there twice makes all of the file doubtful.
  const byKey = new Map(
    lines.map((line) => [random.once(50) ? line : line.slice(0, line.indexOf(':')), line]),
  );
  return `  ${name}:\n${[...byKey.values()].map((line) => `    ${line}\n`).join('')}`;
}

const usually: Readonly<Record<string, readonly string[]>> = {
  web: ['image: nginx:1.22', 'volumes: ["./site.conf:/etc/nginx/conf.d/default.conf"]'],
  php: ['image: php:8.2-fpm', 'volumes: ["./pool.conf:/usr/local/etc/php-fpm.d/zz.conf"]'],
};

/** A compose file with what it may hold in any order. */
export function composeText(random: Random, { compose }: Corpus): string {
  if (random.once(8)) return anyText(random, compose, pieces.compose, 800);
  const named = services.filter((name) => name === 'web' || !random.once(3));
  const body = [
    random.once(3)
      ? ''
      : 'x-base: &a { image: nginx:1.22, environment: { A: 1 } }\nx-list: &b ["80", "./a:/b"]\n',
    ...Array.from({ length: random.below(random.once(2) ? 1 : 4) }, () => random.pick(sections)),
    'services:\n',
    ...named.map((name) => service(random, name)),
  ].join('');
  return orRepeated(
    random,
    random.once(6) ? mutated(random, [body], pieces.compose, 2000) : body,
    pieces.compose,
  );
}
