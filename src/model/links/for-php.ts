import { effective, effectiveAll } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';

/** FastCGI programs that are not php-fpm and often stand beside it. */
const otherPrograms = /fcgiwrap|spawn|hhvm|mono|munin|perl|python|ruby|cgi|zabbix-java|iipsrv|mapserv|qgis/i;

/**
 * Whether a FastCGI pass is meant for php-fpm: its location, its upstream or its socket says so.
 * Other programs speak FastCGI too, and nothing that was read need declare them.
 */
export function isForPhp(pass: Pass): boolean {
  if (pass.protocol !== 'fastcgi') return false;
  const { target } = pass;
  const names =
    target.kind === 'upstream'
      ? [
          target.upstream.name,
          ...target.upstream.servers.map((server) => server.directive.args[0]?.value ?? ''),
        ]
      : target.kind === 'choices'
        ? target.choices.map(({ choice }) => choice.text)
        : [pass.word.value];
  if (names.some((name) => otherPrograms.test(name))) return false;
  if (/php/i.test(pass.location.pattern) || names.some((name) => /php|fpm/i.test(name))) return true;
  return namesPhpScript(pass);
}

/** Whether what nginx sends names a PHP script: `SCRIPT_FILENAME $document_root/index.php`, `fastcgi_index index.php`. */
function namesPhpScript({ block, location }: Pass): boolean {
  const script = effectiveAll(block, 'fastcgi_param').find(
    ({ args }) => args[0]?.value === 'SCRIPT_FILENAME',
  );
  const index = effective(location.block, 'fastcgi_index')?.directive;
  return [script?.args[1], index?.args[0]].some((word) => word?.value.endsWith('.php'));
}
