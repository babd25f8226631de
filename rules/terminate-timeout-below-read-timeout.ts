import { defineRule } from '../src/engine/rule.ts';
import { connectionResetLine } from '../src/findings/log-lines.ts';
import { readTimeoutOf } from '../src/model/checks/time-limit.ts';
import { numberOf, phpSetting } from '../src/model/fpm/php-setting.ts';
import { type Alike, poolsOfKinds } from '../src/model/fpm/pool-kind.ts';
import { knownValue, spanOf } from '../src/model/fpm/setting.ts';
import { linksTo } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'terminate-timeout-below-read-timeout',
  title: 'php-fpm kills scripts that PHP and nginx would let go on',
  severity: 'warning',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Compares `request_terminate_timeout` of a pool with `max_execution_time` and with the read timeout of nginx. It is reported where it is the first of the three to run out.',
    why: 'php-fpm ends the worker with a signal. PHP cannot say what took so long, shutdown functions do not run, and the visitor gets 502 with a connection that was reset, which looks like a crash.',
    fine: 'With `max_execution_time` below it PHP ends what computes too long by itself, and php-fpm only what waits. `0` switches the killing off. Nothing is reported where php.ini is not known.',
    fix: 'Keep `max_execution_time < request_terminate_timeout < fastcgi_read_timeout`.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#request-terminate-timeout',
    'https://www.php.net/manual/en/info.configuration.php#ini.max-execution-time',
    'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_read_timeout',
  ],
  frequency: 'high',
  logs: [
    connectionResetLine,
    '[pool <pool>] child <pid>, script \'<path>\' (request: "<request>") execution timed out (<number> sec), terminating',
  ],
  examples: [
    {
      name: 'killed after ten seconds',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_terminate_timeout = 10s\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 60s;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nrequest_terminate_timeout = 45s\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 60s;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const master of host.masters) {
        const kills = (pool: Alike) => {
          const seconds = knownValue(pool.terminateTimeout) ?? 0;
          const mayRun = knownValue(numberOf(phpSetting(master, pool, 'max_execution_time')));
          // Zero lets PHP run without end.
          return seconds > 0 && mayRun !== undefined && (mayRun <= 0 || mayRun > seconds);
        };
        for (const pool of poolsOfKinds(master.pools, kills)) {
          const { terminateTimeout } = pool;
          const execution = numberOf(phpSetting(master, pool, 'max_execution_time'));
          const mayRun = knownValue(execution);
          if (terminateTimeout.kind !== 'given' || mayRun === undefined) continue;
          const seconds = terminateTimeout.value;
          const links = linksTo(pool, host).filter(({ pass }) => {
            const timeout = readTimeoutOf(pass);
            return timeout.kind !== 'unknown' && timeout.seconds > seconds;
          });
          if (links.length === 0) continue;
          const limit = spanOf(execution);
          const granted = mayRun > 0 ? `${mayRun} seconds` : 'any time';
          context.report({
            message: `php-fpm kills scripts of the pool "${pool.name}" after ${seconds} seconds, though PHP grants them ${granted}`,
            at: terminateTimeout.span,
            related: limit ? [{ span: limit, message: `PHP grants ${granted} here` }] : [],
            predicts: {
              status: 502,
              log: 'recv() failed (104: Connection reset by peer) while reading response header from upstream',
              when: `when a script takes longer than ${seconds} seconds`,
            },
            affects: visitorsOf(links.map(({ pass }) => pass.server)),
            help: `keep max_execution_time below request_terminate_timeout, and that below the read timeout of nginx`,
          });
        }
      }
    }
  },
});
