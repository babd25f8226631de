import type { Root } from '../../load/root.ts';

/** The kernel's tables of TCP sockets, and how it writes one that listens. https://docs.kernel.org/networking/proc_net_tcp.html */
const tables = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
const listens = '0A';

/** The ports that somebody listens on as no502 runs, where the tree is that of a live host; empty for any other. */
export function livePorts(root: Root): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const path of tables) {
    const read = root.read(path);
    if (read.kind !== 'read') continue;
    for (const line of read.source.text.split('\n')) {
      const [, local = '', , state] = line.trim().split(/\s+/);
      const port = Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16);
      if (state === listens && !Number.isNaN(port)) ports.add(port);
    }
  }
  return ports;
}
