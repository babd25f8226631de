import type { Source } from '../../../src/syntax/source.ts';

/** A source for a test, under nginx's usual path. */
export function sourceOf(text: string, encoding: Source['encoding'] = 'utf8'): Source {
  return { path: '/etc/nginx/nginx.conf', file: 'nginx.conf', text, encoding };
}
