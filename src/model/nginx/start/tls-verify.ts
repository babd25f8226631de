import { effective } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import type { Pass } from '../pass.ts';
import { hasSetting, passesOfKinds } from '../pass-kind.ts';
import { directiveSpan, type Refusal } from './refusal.ts';

/** A pass over TLS that is to be verified with nothing to verify it by. */
export interface WithoutAuthority extends Refusal {
  /** `proxy`, `uwsgi` or `grpc`. */
  readonly module: string;
}

/**
 * The `*_ssl_verify on` that have no `*_ssl_trusted_certificate` beside them. Only passes that speak TLS, or that may
 * because their URL has variables, make nginx look. A certificate may come from `http`, so only whole configurations are judged.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify
 */
export function verifiesWithoutAuthority(nginx: Nginx): readonly WithoutAuthority[] {
  if (!nginx.complete) return [];
  const found = new Map<string, WithoutAuthority>();
  for (const pass of passesOfKinds(nginx, (kind) => hasSetting(kind, '_ssl_verify'))) {
    const module = pass.directive.name.replace('_pass', '');
    if (!mayBeTls(pass)) continue;
    const verify = effective(pass.block, `${module}_ssl_verify`)?.directive;
    if (verify?.args[0]?.value.toLowerCase() !== 'on') continue;
    if (effective(pass.block, `${module}_ssl_trusted_certificate`)) continue;
    const key = `${verify.source.file}:${verify.start}`;
    if (found.has(key)) continue;
    const log = `no ${module}_ssl_trusted_certificate for ${module}_ssl_verify`;
    found.set(key, { module, at: directiveSpan(verify), related: [directiveSpan(pass.directive)], log });
  }
  return [...found.values()];
}

function mayBeTls({ directive, word, atRunTime }: Pass): boolean {
  const text = word.value.toLowerCase();
  switch (directive.name) {
    case 'proxy_pass':
      return atRunTime || text.startsWith('https://');
    case 'uwsgi_pass':
      return atRunTime || text.startsWith('suwsgi://');
    case 'grpc_pass':
      return atRunTime || text.startsWith('grpcs://');
    default:
      return false;
  }
}
