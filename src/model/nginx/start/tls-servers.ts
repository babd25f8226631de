import { listenAddress } from '../../../syntax/nginx/listen-address.ts';
import type { Directive } from '../../../syntax/nginx/tree.ts';
import { type Block, effective, effectiveAll } from '../block.ts';
import { type DifferentListen, listensOf } from '../different-listens.ts';
import { layoutsIn } from '../layouts-in.ts';
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
export function serversWithoutCertificate(nginx: Nginx): readonly WithoutCertificate[] {
  if (!nginx.complete) return [];
  const keyless = hasPairsOnly(nginx) ? [] : nginx.servers.flatMap((server) => withoutKey(server) ?? []);
  return [...keyless, ...withoutCertificate(nginx)];
}

/** True where each block sets as many keys as certificates, so that no server can lack one. */
function hasPairsOnly({ main, http }: Nginx): boolean {
  const outlines = [main.layout.outline, ...(http ? layoutsIn(http).keys() : [])];
  return outlines.every(
    ({ names }) => names.get('ssl_certificate')?.length === names.get('ssl_certificate_key')?.length,
  );
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

/** Who listens at one address. */
interface Group {
  readonly listens: DifferentListen[];
  /** The first that says so. */
  byDefault?: Server;
  /** The first `listen` with `ssl`. */
  tls?: Directive;
}

function withoutCertificate(nginx: Nginx): readonly WithoutCertificate[] {
  const found = new Map<Block, WithoutCertificate>();
  for (const [address, group] of groups(nginx)) {
    const byDefault = group.byDefault ?? group.listens[0]?.servers[0];
    if (!group.tls || !byDefault || hasCertificate(byDefault)) continue;
    const lacking = rejects(byDefault)
      ? serversOf(group, nginx).find((server) => !hasCertificate(server) && !rejects(server))
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

function groups(nginx: Nginx): ReadonlyMap<string, Group> {
  const byAddress = new Map<string, Group>();
  for (const different of listensOf(nginx).different) {
    const { directive, defaultServer } = different.listen;
    const [first] = different.servers;
    const address = directive ? listenAddress(directive.args[0]?.value ?? '') : '0.0.0.0:80';
    if (address === undefined || !first) continue;
    const group = byAddress.get(address) ?? { listens: [] };
    byAddress.set(address, group);
    group.listens.push(different);
    if (defaultServer) group.byDefault ??= first;
    if (directive && isTls(directive, address)) group.tls ??= directive;
  }
  return byAddress;
}

function serversOf({ listens }: Group, nginx: Nginx): readonly Server[] {
  const there = new Set(listens.flatMap(({ servers }) => servers));
  return nginx.servers.filter((server) => there.has(server));
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
