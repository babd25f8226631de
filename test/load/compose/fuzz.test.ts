import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readComposeProject } from '../../../src/load/compose/read-project.ts';
import { scriptEffects } from '../../../src/load/compose/script-effects.ts';
import { openContainer } from '../../../src/load/container/container.ts';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { openRoot } from '../../../src/load/root.ts';
import { parseDotenv } from '../../../src/syntax/compose/dotenv.ts';
import { interpolate } from '../../../src/syntax/compose/interpolate.ts';
import { splitCommand } from '../../../src/syntax/compose/words.ts';

const COMPOSE = `name: shop
x-base: &base { image: "nginx:\${TAG:-1.25}", environment: &env { A: 1 } }
include: [other.yaml]
services:
  web:
    <<: *base
    build: { context: ., target: app, args: [A=1] }
    ports: ["127.0.0.1:8080:80/tcp", { target: 443, published: 8443 }]
    volumes: ["./a:/etc/nginx/conf.d:ro", data:/data, { type: bind, source: ./b, target: /b }]
    networks: { front: { aliases: [www] } }
    command: nginx -g "daemon off;"
    env_file: [.env]
    extra_hosts: ["a:1.2.3.4"]
    configs: [{ source: c, target: /c }]
    depends_on: { app: { condition: service_healthy } }
    deploy: { replicas: 2, resources: { limits: { memory: 1g } } }
  app: { extends: { file: other.yaml, service: base }, network_mode: "service:web" }
networks: { front: { external: true } }
volumes: { data: { driver_opts: { o: bind, device: ./c } } }
configs: { c: { content: "text \${A}" } }
`;
const DOCKERFILE = `ARG V=1
FROM nginx:\${V} AS app
ENV A=1 B="two words"
RUN apt-get update && \\
    rm -f /etc/nginx/conf.d/*
COPY --chown=1:1 a /etc/nginx/conf.d/
COPY <<EOF /x
text
EOF
CMD ["nginx"]
`;
const DOTENV = 'A=1\nexport B="two $A"\nC=\'x\' # y\n';

/** A text with some of it cut out, doubled or replaced. */
function damaged(text: string): fc.Arbitrary<string> {
  const cut = fc.record({
    at: fc.nat(text.length),
    length: fc.nat(12),
    put: fc.constantFrom(
      '',
      ' ',
      '\n',
      '{',
      '[',
      '&a ',
      '*a',
      '!reset ',
      '!override ',
      '<<: *base',
      '$',
      '${',
      ':',
      '"',
      '\\',
      '\u0000',
    ),
  });
  return fc
    .array(cut, { minLength: 1, maxLength: 6 })
    .map((cuts) =>
      cuts.reduce((all, { at, length, put }) => all.slice(0, at) + put + all.slice(at + length), text),
    );
}

describe('whatever the files hold', () => {
  it('a project is read and its containers are opened', async () => {
    await fc.assert(
      fc.asyncProperty(
        damaged(COMPOSE),
        damaged(DOCKERFILE),
        damaged(DOTENV),
        async (compose, dockerfile, env) => {
          const fileSystem = memoryFileSystem({
            '/p/compose.yaml': compose,
            '/p/other.yaml': 'services: { base: { image: php:fpm, volumes: ["./x:/x"] } }',
            '/p/Dockerfile': dockerfile,
            '/p/.env': env,
            '/p/a': 'a',
          });
          const root = openRoot(fileSystem, '/', '/p', { within: ['/p'] });
          const project = await readComposeProject(root, { directory: '/p', paths: ['/p/compose.yaml'] });
          for (const service of project.services) {
            const container = openContainer({ fileSystem, root, project, service });
            container.root.read('/etc/nginx/nginx.conf');
            container.root.glob('/etc/nginx/conf.d/*');
            container.files.isListed('/etc/nginx');
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('lines, scripts and env files are read', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: fc.constantFrom(...'ab /\\"\'$(){}`|&;<>=#\n-:') }),
        (text) => {
          interpolate(text, () => undefined);
          splitCommand(text);
          scriptEffects(text, '/', new Map());
          const source = { path: '/.env', file: '.env', text, encoding: 'utf8' } as const;
          for (const { span } of parseDotenv(source).entries)
            expect(span.end).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
