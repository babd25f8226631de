import { describe, expect, test } from 'vitest';
import { composePlaces } from '../../../src/load/compose/network-places.ts';
import { readComposeProject } from '../../../src/load/compose/read-project.ts';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import type { NetworkPlace } from '../../../src/load/network-place.ts';
import { openRoot } from '../../../src/load/root.ts';

/** The places of a project's services, by name. */
async function placesOf(
  compose: string,
  variants: readonly string[] = [],
): Promise<ReadonlyMap<string, NetworkPlace>> {
  const root = openRoot(memoryFileSystem({ '/app/compose.yaml': compose }), '/', '/app');
  const project = await readComposeProject(root, { directory: '/app', paths: ['/app/compose.yaml'] });
  const places = composePlaces(project, variants, {
    isClosed: () => true,
    imageOf: () => undefined,
    closedUnless: () => undefined,
  });
  return new Map([...places].map(([{ name }, place]) => [name, place]));
}

/** Whom the service web reaches: the names of services, or why not. */
async function webReaches(name: string, compose: string, variants: readonly string[] = []): Promise<string> {
  const reached = (await placesOf(compose, variants)).get('web')?.reach(name);
  switch (reached?.kind) {
    case 'hosts':
      return reached.ids.map((id) => id.slice(id.indexOf('#') + 1)).join(' ');
    case 'nobody':
      if (reached.unless !== undefined) return `nobody, unless ${reached.unless}`;
      return reached.elsewhere.length > 0 ? 'in another network' : 'nobody';
    default:
      return `unknown: ${reached?.why}`;
  }
}

const web = (more = ''): string => `services:\n  web:\n    image: nginx\n${more}`;
const php = (more = ''): string => `  php:\n    image: php:8.2-fpm\n${more}`;

describe('a name is reached', () => {
  test.each([
    ['php', 'the service', ''],
    ['PHP', 'names ignore case', ''],
    ['fpm1', 'the container', '    container_name: fpm1\n'],
    ['app', 'an alias', '    networks: { default: { aliases: [app] } }\n'],
    ['10.5.0.9', 'its address', '    networks: { default: { ipv4_address: 10.5.0.9 } }\n'],
  ])('%s: %s', async (name, _, more) => {
    expect(await webReaches(name, web() + php(more))).toBe('php');
  });

  test('by a link', async () => {
    expect(await webReaches('backend', web('    links: ["php:backend"]\n') + php())).toBe('php');
  });

  test('by an extra host that is the address of a service', async () => {
    const compose =
      web('    extra_hosts: ["fpm:10.5.0.9"]\n') +
      php('    networks: { default: { ipv4_address: 10.5.0.9 } }\n');
    expect(await webReaches('fpm', compose)).toBe('php');
  });

  test('with the network of another service', async () => {
    const compose = `${web('    network_mode: service:gate\n')}  gate:\n    image: alpine\n${php()}`;
    expect(await webReaches('php', compose)).toBe('php');
  });

  test('by all who have an alias', async () => {
    const alias = '    networks: { default: { aliases: [app] } }\n';
    const compose = `${web()}${php(alias)}  other:\n    image: php:8.2-fpm\n${alias}`;
    expect(await webReaches('app', compose)).toBe('php other');
  });
});

describe('a name is not reached', () => {
  test('that nobody has', async () => {
    expect(await webReaches('phpfpm', web() + php())).toBe('nobody');
  });

  test('in another network', async () => {
    const compose = `${web('    networks: [edge]\n')}${php()}networks:\n  edge: {}\n`;
    expect(await webReaches('php', compose)).toBe('in another network');
  });

  test('of a service that has taken the network of another', async () => {
    const compose = `${web()}${php('    network_mode: service:gate\n')}  gate:\n    image: alpine\n`;
    expect(await webReaches('php', compose)).toBe('in another network');
  });
});

describe('a name is most likely not reached', () => {
  test('of a service that is started with a profile', async () => {
    const compose = web() + php('    profiles: [app]\n    container_name: app\n');
    expect(await webReaches('app', compose)).toBe('nobody, unless the profile of the service php is active');
  });

  test('with the network of the machine, which does not know services', async () => {
    const compose = web('    network_mode: host\n') + php();
    expect(await webReaches('php', compose)).toBe('nobody, unless the machine knows a host "php"');
  });

  test('of the machine, without a line that tells it', async () => {
    const compose = web() + php();
    expect(await webReaches('host.docker.internal', compose)).toBe(
      'nobody, unless Docker Desktop runs the container',
    );
  });
});

describe('nothing is known of a name', () => {
  test.each([
    ['api.example.com', 'of the Internet', web() + php()],
    ['worker', 'where a variable decides one', web() + php('    container_name: ${NAME}\n')],
    ['worker', 'that is a hostname', web() + php('    hostname: worker\n')],
    ['app-php-1', 'that Docker makes of the project', web() + php()],
    [
      'app',
      'on a network from elsewhere',
      `${web('    networks: [edge]\n')}networks: { edge: { external: true } }\n`,
    ],
    ['php', 'on the old bridge', web('    network_mode: bridge\n') + php()],
    ['db', 'where a name server is given', web('    dns: 10.0.0.1\n') + php()],
    [
      'host.docker.internal',
      'of the machine',
      web('    extra_hosts: ["host.docker.internal:host-gateway"]\n'),
    ],
    ['10.0.0.4', 'that is a foreign address', web() + php()],
    ['fpm', 'that extra_hosts gives its own name', web('    extra_hosts: ["fpm:fpm"]\n') + php()],
    ['fpm', 'that extra_hosts leads in a circle', web('    extra_hosts: ["fpm:php", "php:fpm"]\n') + php()],
  ])('%s: %s', async (name, _, compose) => {
    expect(await webReaches(name, compose)).toMatch(/^unknown: /);
  });

  test('that another file beside the project may bring', async () => {
    expect(await webReaches('worker', web(), ['services:\n  worker:\n    image: x\n'])).toMatch(/^unknown: /);
  });
});

describe('sockets', () => {
  test.each([
    ['a volume', 'sock:/run/php', 'sock:/var/run/php', '/run/php/x.sock'],
    ['a volume at another path', 'sock:/run/php', 'sock:/sockets', '/sockets/x.sock'],
    ['a directory of the project', './run:/run/php', './run:/sockets', '/sockets/x.sock'],
    ['a directory above it', './run/php:/run/php', './run:/srv', '/srv/php/x.sock'],
  ])('are shared over %s', async (_, ofWeb, ofPhp, there) => {
    const compose = `${web(`    volumes: ["${ofWeb}"]\n`)}${php(`    volumes: ["${ofPhp}"]\n`)}volumes:\n  sock: {}\n`;
    const place = (await placesOf(compose)).get('web');
    expect(place?.sharedAt('/run/php/x.sock')).toEqual([{ id: '/app/compose.yaml#php', path: there }]);
  });

  test('are not shared over a directory of the image', async () => {
    const place = (await placesOf(web() + php())).get('web');
    expect(place?.sharedAt('/run/php/x.sock')).toEqual([]);
  });
});

describe('a network namespace', () => {
  test('is shared by who asks for that of another', async () => {
    const places = await placesOf(web() + php('    network_mode: service:web\n'));
    expect(places.get('web')?.sameNamespace).toEqual(['/app/compose.yaml#php']);
    expect(places.get('php')?.sameNamespace).toEqual(['/app/compose.yaml#web']);
    expect(places.get('php')?.isNamespaceOpen).toBe(false);
  });

  test('of the machine is open to programs that nobody knows', async () => {
    const host = '    network_mode: host\n';
    const places = await placesOf(web(host) + php(host));
    expect(places.get('web')).toMatchObject({
      isNamespaceOpen: true,
      sameNamespace: ['/app/compose.yaml#php'],
    });
  });

  test('of a service that takes it from one that takes its own goes round', async () => {
    const circle = await placesOf(
      `${web('    network_mode: service:php\n')}${php('    network_mode: service:web\n')}`,
    );
    expect(circle.get('web')).toMatchObject({ isNamespaceOpen: true, sameNamespace: [] });
  });
});

test('a port is published where its number differs from that of the container', async () => {
  const places = await placesOf(
    web('    ports: ["8081:80", "127.0.0.1:443:443", "9000-9001:9000-9001", "53:5353/udp"]\n'),
  );
  expect(places.get('web')?.published).toMatchObject([{ outside: 8081, inside: 80 }]);
});
