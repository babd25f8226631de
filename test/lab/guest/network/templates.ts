import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the start script of nginx's image does with /etc/nginx/templates: variables that are set are replaced, all others stay.
 * https://github.com/nginx/docker-nginx/blob/master/entrypoint/20-envsubst-on-templates.sh
 */
export function fillTemplates(root: string, environment: Readonly<Record<string, string>>): void {
  const templates = join(root, 'etc/nginx/templates');
  if (!existsSync(templates)) return;
  mkdirSync(join(root, 'etc/nginx/conf.d'), { recursive: true });
  for (const name of readdirSync(templates)) {
    if (!name.endsWith('.template')) continue;
    const text = readFileSync(join(templates, name), 'utf8');
    const filled = text.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (whole, braced?: string, bare?: string) => environment[braced ?? bare ?? ''] ?? whole,
    );
    writeFileSync(join(root, 'etc/nginx/conf.d', name.slice(0, -'.template'.length)), filled);
  }
}
