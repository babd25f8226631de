import type { Corpus } from './corpus.ts';
import { pieces } from './pieces.ts';
import type { Random } from './random.ts';
import { anyText, mutated, orRepeated, soup } from './texts.ts';

/** A Dockerfile that builds on images that are known, on itself and on its own stages. */
export function dockerfileText(random: Random): string {
  const lines = [
    random.pick([
      'FROM nginx:1.22 AS app\n',
      'ARG V=8.2\nFROM php:${V}-fpm\n',
      'FROM app\n',
      'FROM node:20 AS build\nFROM nginx\n',
    ]),
    ...Array.from({ length: random.below(8) }, () => random.pick(steps)),
  ].join('');
  return random.once(3) ? mutated(random, [lines], pieces.dockerfile, 1000) : lines;
}

const steps: readonly string[] = [
  'COPY . /etc/nginx/conf.d/\n',
  'COPY --from=app /etc/nginx /etc/nginx\n',
  'COPY --from=build --chown=1:1 site.conf pool.conf /usr/local/etc/php-fpm.d/\n',
  'COPY <<EOF /etc/nginx/conf.d/x.conf\nserver { listen 81; }\nEOF\n',
  'ADD https://example.com/x /x\n',
  'ADD site.conf.tar.gz ../../x\n',
  'RUN rm -f /etc/nginx/conf.d/* && \\\n    sed -i s/a/b/ /etc/nginx/nginx.conf\n',
  'RUN ["ln", "-s", "/etc/nginx", "/x"]\n',
  'RUN <<EOF\ncp /a /etc/nginx/conf.d/b.conf\nEOF\n',
  'ENV A=1 B="two $A" PORT $A\n',
  'ARG A\n',
  'ENTRYPOINT ["/start.sh"]\n',
  'CMD nginx -g "daemon off;"\n',
  'CMD ["php-fpm", "-F", "-y", "$A"]\n',
  'WORKDIR ../srv\n',
  'USER ${A:-www-data}\n',
  'EXPOSE 80 9000/tcp\n',
  'VOLUME ["/etc/nginx/conf.d"]\n',
  'FROM nginx:1.22\n',
];

/** A script that a container starts with. */
export function scriptText(random: Random, { other }: Corpus): string {
  const body = orRepeated(random, anyText(random, other, pieces.shell, 300), pieces.shell);
  return `#!/bin/sh\n${random.once(2) ? 'exec "$@"\n' : ''}${body}`;
}

/** Variables, some made of others. */
export function envText(random: Random, { env }: Corpus): string {
  return random.once(2) ? anyText(random, env, pieces.env, 300) : soup(random, envLines, 8);
}

const envLines: readonly string[] = [
  'A=web\n',
  'A=\n',
  'A=$B$B\n',
  'B=${A:-php}${A}\n',
  'B="x\n  y"\n',
  "TAG='8.3'\n",
  'IMAGE=php:8.2-fpm\n',
  'PORT=3000\n',
  'COMPOSE_FILE=compose.yaml:x/compose.yaml\n',
  'COMPOSE_FILE=../host/compose.yaml\n',
  'COMPOSE_PROFILES=debug,all\n',
  'COMPOSE_PROJECT_NAME=${A}\n',
  'export A\n',
];
