import type { Prediction } from '../src/engine/finding.ts';
import { defineRule } from '../src/engine/rule.ts';
import { connectionRefusedLine, socketMissingLine } from '../src/findings/log-lines.ts';
import { outcomeOf, withReason } from '../src/findings/outcome.ts';
import { missingLog } from '../src/model/checks/missing.ts';
import type { Host } from '../src/model/host.ts';
import { isLoopback } from '../src/model/links/address.ts';
import { linkOf } from '../src/model/links/serves.ts';
import { hasSeveralPasses, type ReplacedPass, replacedPasses } from '../src/model/nginx/handlers.ts';
import { passesOfKinds } from '../src/model/nginx/pass-kind.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'duplicate-content-handler',
  title: 'Two passes stand in one location, and only the last one counts',
  severity: 'warning',
  reads: ['nginx', 'fpm', 'apps'],
  docs: {
    what: 'Looks for a location with passes of two modules, such as `fastcgi_pass` and `proxy_pass`. A location has one handler; each `*_pass` puts its own in place of the one before, and `nginx -t` says nothing.',
    why: 'The first pass does nothing. Where it is the one that works, and nobody that was read listens behind the last one, each request is answered 502: an error.',
    fine: 'The pass that is lost is one that nobody needs any more. Two of one module are refused by nginx itself.',
    fix: 'Remove the pass that is not meant, with the parameters that belong to it.',
  },
  references: ['https://nginx.org/en/docs/dev/development_guide.html#http_phases'],
  frequency: 'low',
  logs: [connectionRefusedLine, socketMissingLine],
  examples: [
    {
      name: 'a proxy behind PHP',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        proxy_pass http://127.0.0.1:8000;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n    location /api/ {\n        proxy_pass http://127.0.0.1:8000;\n    }\n}\n',
      },
    },
    {
      name: 'PHP behind a proxy',
      bad: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        proxy_pass http://127.0.0.1:8000;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
      good: {
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      if (!host.nginx) continue;
      const passes = passesOfKinds(host.nginx, ({ kin }) => hasSeveralPasses(kin.names).answer);
      for (const replaced of replacedPasses(passes)) {
        const { lost, winner } = replaced;
        if (winner.unreachable !== undefined) continue;
        const predicts = predictionOf(replaced, host);
        const outcome = predicts ? outcomeOf([winner], predicts) : { severity: 'warning' as const };
        const { source, start, end } = winner.directive;
        context.report({
          severity: outcome.severity,
          message: withReason(
            `${winner.directive.name} replaces the ${lost.directive.name} of the same location`,
            outcome,
          ),
          label: predicts ? 'nobody that was read listens here' : 'all requests go here',
          at: { source, start, end },
          related: [
            {
              span: { source: lost.directive.source, start: lost.directive.start, end: lost.directive.end },
              message: 'this pass does nothing',
            },
          ],
          ...(outcome.predicts && { predicts: outcome.predicts }),
          affects: visitorsOf([winner.server]),
          help: `keep one of the two: nginx uses the last one, the ${winner.directive.name}`,
        });
      }
    }
  },
});

/**
 * What happens where the location is set up for the pass that is lost and that one would work, while the last one
 * dials an address of this host that nobody declares. In every other case the last pass may be the one that is meant.
 */
function predictionOf({ lost, winner }: ReplacedPass, host: Host): Prediction | undefined {
  const isSetUp = hasSettings(lost) && !hasSettings(winner);
  const [peer, ...others] = linkOf(winner, host)?.peers ?? [];
  if (!isSetUp || linkOf(lost, host)?.state !== 'found' || !peer || others.length > 0) return undefined;
  const isHere = peer.address?.kind === 'unix' || (peer.address && isLoopback(peer.address.host));
  return peer.result.kind === 'unknown' && isHere ? { status: 502, log: missingLog(peer) } : undefined;
}

/** Whether the location has settings of the pass's module beside the pass itself: `fastcgi_param`, `proxy_set_header`. */
function hasSettings({ block, directive }: ReplacedPass['lost']): boolean {
  const prefix = directive.name.replace(/pass$/, '');
  return block.directives.some(({ name }) => name.startsWith(prefix) && name !== directive.name);
}
