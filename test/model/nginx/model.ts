import { buildBlock } from '../../../src/model/nginx/block.ts';
import { noIncludes } from '../../../src/model/nginx/layout.ts';
import { buildNginx, type Nginx } from '../../../src/model/nginx/nginx.ts';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';

/** The model of what stands in `http`, as a whole nginx.conf without includes. */
export function nginxOf(http: string): Nginx {
  const source = {
    path: '/etc/nginx/nginx.conf',
    file: 'nginx.conf',
    text: `events {}\nhttp {\n${http}\n}\n`,
    encoding: 'utf8' as const,
  };
  const main = buildBlock('main', parseNginx(source).directives, noIncludes);
  return buildNginx({ complete: true, main, problems: [], missingIncludes: [] });
}
