import { defineRule, type RuleContext } from '../src/engine/rule.ts';
import { reportFpmProblems } from '../src/findings/fpm-refusal.ts';
import { masterRefusal } from '../src/findings/master-refusal.ts';
import { listenConflicts } from '../src/model/checks/listen-conflict.ts';
import { sameSocketsOn } from '../src/model/checks/same-socket.ts';
import type { Pool } from '../src/model/fpm/pool.ts';
import { knownValue, spanOf } from '../src/model/fpm/setting.ts';
import type { Host } from '../src/model/host.ts';
import { addressText } from '../src/model/links/address.ts';
import { serversBehind } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'pool-listen-conflict',
  title: 'Two pools listen on one address',
  severity: 'error',
  reads: ['fpm'],
  docs: {
    what: 'Compares the `listen` of all pools: those of one master, and those of the masters of different PHP versions on one host.',
    why: 'Within one master php-fpm refuses to start, and its own test sees that only where both are written alike. Of two masters the one that starts second finds the address taken and dies: after each reboot another one may win, and every site of the loser answers 502.',
    fine: 'Pools of different containers or hosts may use the same port. Same-named sections of one master are one pool.',
    fix: 'Remove the pool that the old PHP version left behind, or put the version into the name of the socket.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#listen',
    'https://github.com/php/php-src/blob/PHP-8.2/sapi/fpm/fpm/fpm_conf.c',
  ],
  frequency: 'high',
  logs: [
    "[pool <pool>] unable to set listen address as it's already used in another pool '<pool>'",
    'Another FPM instance seems to already listen on <address>',
    "unable to bind listening socket for address '<address>': Address already in use (98)",
  ],
  examples: [
    {
      name: 'a copied pool file',
      bad: {
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
    },
    {
      name: 'a socket without the version in its name',
      bad: {
        'etc/php/8.1/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.1/fpm/pool.d/*.conf\n',
        'etc/php/8.1/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/shop.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /var/run/php/shop.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
      good: {
        'etc/php/8.1/fpm/php-fpm.conf': '[global]\ninclude=/etc/php/8.1/fpm/pool.d/*.conf\n',
        'etc/php/8.1/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/shop81.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
        'etc/php/8.2/fpm/pool.d/shop.conf':
          '[shop]\nuser = www-data\nlisten = /run/php/shop82.sock\nlisten.owner = www-data\npm = static\npm.max_children = 2\n',
      },
    },
  ],
  check(deployment, context) {
    // Where it is not sure which of two builds of an image runs, nor is where its pools listen.
    const hosts = deployment.hosts.filter(({ place }) => place?.closedUnless === undefined);
    reportFpmProblems({ hosts }, context, new Set(['listen-conflict']));
    for (const host of hosts) {
      reportSameSockets(host, context);
      for (const { first, second } of listenConflicts(host)) {
        if (!first.listener.span || !second.listener.span) continue;
        const address = addressText(first.listener.address);
        context.report({
          message: `${first.listener.title} and ${second.listener.title} both listen on ${address}`,
          label: 'the one that starts second dies',
          at: second.listener.span,
          related: [{ span: first.listener.span, message: `${first.listener.title} listens here` }],
          predicts: {
            status: 502,
            log: takenLog(second.pool, address),
            writer: 'php-fpm',
            refusesToStart: true,
          },
          affects: visitorsOf([...serversBehind(first.master, host), ...serversBehind(second.master, host)]),
          help: 'remove the pool that is left over, or put the PHP version into the name of the socket',
        });
      }
    }
  },
});

/** Two spellings of one socket: php-fpm compares texts first, and the kernel finds the rest. */
function reportSameSockets(host: Host, context: RuleContext): void {
  for (const { master, first, second, address, log } of sameSocketsOn(host)) {
    const at = spanOf(second.listen);
    const other = spanOf(first.listen);
    if (log === undefined || !at || !other) continue;
    context.report(
      masterRefusal(
        {
          master,
          message: `the pools ${first.name} and ${second.name} both listen on ${address}, in two spellings`,
          log,
          at,
          related: [{ span: other, message: `the pool ${first.name} listens here` }],
          help: 'give each pool an address of its own',
        },
        host,
      ),
    );
  }
}

function takenLog({ listen, listenAddress }: Pool, address: string): string {
  const text = knownValue(listen) ?? address;
  return listenAddress?.kind === 'unix'
    ? `Another FPM instance seems to already listen on ${text}`
    : `unable to bind listening socket for address '${text}': Address already in use (98)`;
}
