import { connect, createServer } from 'node:net';
import type { PublishedPort } from '../../network/plan.ts';

/** Listens at the published ports of the machine and hands every connection on, as docker-proxy does. */
export async function publish(ports: readonly PublishedPort[]): Promise<void> {
  for (const { address, port, to } of ports) {
    const server = createServer((visitor) => {
      const inside = connect({ host: to[0], port: to[1] });
      for (const socket of [visitor, inside]) {
        socket.on('error', () => {
          visitor.destroy();
          inside.destroy();
        });
      }
      visitor.pipe(inside).pipe(visitor);
    });
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject);
      server.listen({ host: address, port }, resolve);
    });
  }
}
