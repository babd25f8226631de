import { listenAddress } from '../../../syntax/nginx/listen-address.ts';
import type { Directive } from '../../../syntax/nginx/tree.ts';
import { type Block, effective, effectiveAll } from '../block.ts';
import type { Nginx } from '../nginx.ts';
import type { Server } from '../server.ts';
import { directiveSpan, inPlace, type Refusal, wordSpan } from './refusal.ts';

/** A server that has to speak TLS and has no certificate, or a certificate without its key. */
export interface WithoutCertificate extends Refusal {
  readonly kind: 'certificate' | 'key';
  readonly server: Server;
  /** The address, where a server lacks its certificate: `0.0.0.0:443`. */
  readonly address?: string;
}

/**
 * Servers that lack what TLS takes. At an address with `ssl` it is the default server that must have a certificate: the
 * others go without, unless that one rejects handshakes. Certificates may come from `http`, so only whole configurations are judged.
 * https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_ssl_module.c, ngx_http_ssl_init
 */
export function serversWithoutCertificate({ servers, complete }: Nginx): readonly WithoutCertificate[] {
  if (!complete) return [];
  const keyless: WithoutCertificate[] = [];
  for (const server of servers) {
    const found = withoutKey(server);
    if (found) keyless.push(found);
  }
  return [...keyless, ...withoutCertificate(servers)];
}

function withoutKey(server: Server): WithoutCertificate | undefined {
  const certificates = effectiveAll(server.block, 'ssl_certificate');
  const keys = effectiveAll(server.block, 'ssl_certificate_key');
  const lacking = certificates[keys.length];
  const word = lacking?.args[0];
  if (!lacking || !word) return undefined;
  const log = `no "ssl_certificate_key" is defined for certificate "${(certificates.at(-1) ?? lacking).args[0]?.value}"`;
  return { kind: 'key', server, at: wordSpan(lacking, word), related: [], log };
}

interface Group {
  readonly servers: Server[];
  byDefault?: Server;
  /** The first `listen` with `ssl`. */
  tls?: Directive;
}

function withoutCertificate(servers: readonly Server[]): readonly WithoutCertificate[] {
  const found = new Map<Block, WithoutCertificate>();
  for (const [address, group] of groups(servers)) {
    const byDefault = group.byDefault ?? group.servers[0];
    if (!group.tls || !byDefault || hasCertificate(byDefault)) continue;
    const lacking = rejects(byDefault)
      ? group.servers.find((server) => !hasCertificate(server) && !rejects(server))
      : byDefault;
    const opener = lacking?.block.directive;
    if (!lacking || !opener || found.has(lacking.block)) continue;
    const own = lacking.listens.find(({ directive }) => directive && isTls(directive, address))?.directive;
    found.set(lacking.block, {
      kind: 'certificate',
      server: lacking,
      address,
      at: directiveSpan(own ?? opener),
      related: own ? [] : [directiveSpan(group.tls)],
      log: `no "ssl_certificate" is defined for the "listen ... ssl" directive${inPlace(opener)}`,
    });
  }
  return [...found.values()];
}

function groups(servers: readonly Server[]): ReadonlyMap<string, Group> {
  const byAddress = new Map<string, Group>();
  for (const server of servers) {
    for (const { directive, defaultServer } of server.listens) {
      const address = directive ? listenAddress(directive.args[0]?.value ?? '') : '0.0.0.0:80';
      if (address === undefined) continue;
      const group = byAddress.get(address) ?? { servers: [] };
      byAddress.set(address, group);
      group.servers.push(server);
      if (defaultServer) group.byDefault ??= server;
      if (directive && isTls(directive, address)) group.tls ??= directive;
    }
  }
  return byAddress;
}

function isTls({ args }: Directive, address: string): boolean {
  return listenAddress(args[0]?.value ?? '') === address && args.some(({ value }) => value === 'ssl');
}

function hasCertificate({ block }: Server): boolean {
  return effective(block, 'ssl_certificate') !== undefined;
}

function rejects({ block }: Server): boolean {
  return effective(block, 'ssl_reject_handshake')?.directive.args[0]?.value.toLowerCase() === 'on';
}
