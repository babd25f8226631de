import { count } from '../report/count.ts';
import type { Fault, Graph, HostNode, ListenerNode, ServerNode } from './graph.ts';

/** So many names of a server are said. */
const NAMES_MAX = 3;

/** A host by its title, and a container by what it is made from as well: `service web (nginx:1.27)`. */
export function hostText({ title, container }: HostNode): string {
  const { image } = container ?? {};
  return image === undefined ? withoutArticle(title) : `${withoutArticle(title)} (${image})`;
}

/** A server by its names and addresses: `shop.example.com on 0.0.0.0:80`. */
export function serverText({ names, listens }: ServerNode): string {
  const more = names.length > NAMES_MAX ? [`${names.length - NAMES_MAX} more`] : [];
  const said = [...names.slice(0, NAMES_MAX), ...more].join(', ');
  const on = listens.length === 0 ? '' : `on ${listens.join(', ')}`;
  return [said === '' ? 'any name' : said, on].join(' ').trim();
}

/** A listener by its title, with its own address where another one is dialed, and its host where that is not `here`. */
export function listenerText({ title, address, host }: ListenerNode, dialed: string, here: string): string {
  const own = address === dialed ? '' : ` on ${address}`;
  return host.id === here ? `${title}${own}` : `${title}${own} of ${host.title}`;
}

/** A finding in one sentence. */
export function faultText({ message, rule, severity, down }: Fault): string {
  const who = down !== undefined && severity === 'error' ? `${down} does not start: ` : '';
  return `${who}${message} (${rule})`;
}

/** What the map leaves out, in one sentence; empty where that is nothing. */
export function notDrawn({ elsewhere: { errors, warnings } }: Graph): string {
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  return parts.length === 0 ? '' : `not on this map: ${parts.join(' and ')}, which no502 check tells`;
}

/** In a list, `the pool www` reads better as `pool www`. */
export function withoutArticle(title: string): string {
  return title.replace(/^the /, '');
}
