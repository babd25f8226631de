import { defineRule } from '../src/engine/rule.ts';
import { serverTitle, visitorsOf } from '../src/model/nginx/server.ts';
import type { NameConflict } from '../src/model/nginx/server-names.ts';

export default defineRule({
  id: 'default-server-answers',
  title: 'A server name is taken, so that another server answers',
  severity: 'warning',
  reads: ['nginx'],
  docs: {
    what: 'Compares the names of all servers, address by address. Of two servers with one name at one address nginx uses the first it reads and ignores the name of the other.',
    why: 'Nobody reaches the second server by that name: another site, an old copy of the same one or the default server answers in its place, often with 404 or 503. nginx only warns as it starts.',
    fine: 'The same name at different addresses, such as ports 80 and 443, is no conflict. Regular expressions are never compared.',
    fix: 'Remove the copy. Without a suffix in the pattern, as in `include sites-enabled/*`, nginx also reads what editors and packages leave behind: `shop.bak`, `default.dpkg-dist`.',
  },
  references: [
    'https://nginx.org/en/docs/http/server_names.html',
    'https://nginx.org/en/docs/http/request_processing.html',
  ],
  frequency: 'medium',
  logs: ['conflicting server name "<name>" on <address>, ignored'],
  examples: [
    {
      name: 'a copy beside the site',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    listen 80;\n    server_name shop.example.com;\n    return 200 new;\n}\n',
        'etc/nginx/sites-enabled/shop.old':
          'server {\n    listen 80;\n    server_name shop.example.com;\n    return 200 old;\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    listen 80;\n    server_name shop.example.com;\n    return 200 new;\n}\n',
        'etc/nginx/sites-enabled/shop-8080':
          'server {\n    listen 8080;\n    server_name shop.example.com;\n    return 200 old;\n}\n',
      },
    },
    {
      name: 'an alias of two servers',
      bad: {
        'etc/nginx/conf.d/sites.conf':
          'server {\n    server_name a.example.com www.example.com;\n    return 200 a;\n}\nserver {\n    server_name b.example.com www.example.com;\n    return 200 b;\n}\n',
      },
      good: {
        'etc/nginx/conf.d/sites.conf':
          'server {\n    server_name a.example.com www.example.com;\n    return 200 a;\n}\nserver {\n    server_name b.example.com;\n    return 200 b;\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const { nginx } of hosts) {
      if (!nginx?.complete) continue;
      for (const [conflict, ...more] of byServer(nginx.nameConflicts)) {
        const { server, first, name, address, span, firstSpan } = conflict;
        const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
        const who = serverTitle(first) === serverTitle(server) ? 'the earlier server' : serverTitle(first);
        context.report({
          message: `conflicting server name "${name}" on ${address}, ignored${others}`,
          label: `${who} answers in its place`,
          at: span,
          related: [{ span: firstSpan, message: 'this server has the name' }],
          affects: visitorsOf([server]),
          help: 'remove one of the two, or give them different names or addresses',
        });
      }
    }
  },
});

/** One server is one finding, however many of its names are taken. */
function byServer(
  conflicts: readonly NameConflict[],
): readonly (readonly [NameConflict, ...NameConflict[]])[] {
  const groups = new Map<NameConflict['server'], [NameConflict, ...NameConflict[]]>();
  for (const conflict of conflicts) {
    const group = groups.get(conflict.server);
    if (group) group.push(conflict);
    else groups.set(conflict.server, [conflict]);
  }
  return [...groups.values()];
}
