import type { HostsEntry } from '../host/hosts-file.ts';
import type { Host } from '../host.ts';
import { addressText } from '../links/address.ts';
import { type Dialed, dialedBeyondPools } from '../links/dialed.ts';
import type { Listener } from '../links/listener.ts';
import { type Effective, effective } from '../nginx/block.ts';
import type { Pass } from '../nginx/pass.ts';

/** A name that stands for several addresses of this host, of which only some are listened on. */
export interface HalfServedName {
  readonly dialed: Dialed;
  readonly name: string;
  readonly entries: readonly HostsEntry[];
  /** As a person reads it: `[::1]:3000`. */
  readonly deaf: readonly string[];
  /** The first of its addresses that is listened on: `127.0.0.1`. */
  readonly served: string;
  readonly listener: Listener;
}

/**
 * Finds names that the hosts file gives several addresses, where a declared listener has some of them and not the others.
 * nginx makes a server of the upstream of each address. https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server
 */
export function halfServedNames(host: Host): readonly HalfServedName[] {
  return dialedBeyondPools(host).flatMap((dialed): readonly HalfServedName[] => {
    const { address, result, upstream } = dialed.peer;
    // What a variable names is looked up by nginx's resolver, which does not read the hosts file.
    if (!upstream && dialed.links.some(({ pass }) => pass.atRunTime)) return [];
    if (address?.kind !== 'tcp' || result.kind !== 'found') return [];
    const entries = host.hostsFile.lookup(address.host);
    const addresses = [...new Set(entries.map((entry) => entry.address.toLowerCase()))];
    const isServed = (literal: string) =>
      host.listeners.find({ kind: 'tcp', host: literal, port: address.port }).length > 0;
    const deaf = addresses.filter((literal) => !isServed(literal));
    const [listener] = result.listeners;
    const served = addresses.find((literal) => !deaf.includes(literal));
    if (!listener || served === undefined || deaf.length === 0) return [];
    const texts = deaf.map((literal) => addressText({ kind: 'tcp', host: literal, port: address.port }));
    return [{ dialed, name: address.host, entries, deaf: texts, served, listener }];
  });
}

/** The directive that keeps nginx from asking another server of the upstream, if there is one in effect. */
export function retriesOff({ block, directive }: Pass): Effective | undefined {
  const module = directive.name.replace(/_pass$/, '');
  const next = effective(block, `${module}_next_upstream`);
  if (next?.directive.args.some(({ value }) => value === 'off')) return next;
  const tries = effective(block, `${module}_next_upstream_tries`);
  return tries?.directive.args[0]?.value === '1' ? tries : undefined;
}
