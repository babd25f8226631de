import { defineRule } from '../src/engine/rule.ts';
import { readTimedOutLine } from '../src/findings/log-lines.ts';
import { readTimeoutOf } from '../src/model/checks/time-limit.ts';
import { numberOf, phpSetting } from '../src/model/fpm/php-setting.ts';
import { type Alike, poolsOfKinds } from '../src/model/fpm/pool-kind.ts';
import { knownValue } from '../src/model/fpm/setting.ts';
import { linksTo } from '../src/model/links/serves.ts';
import { visitorsOf } from '../src/model/nginx/server.ts';

export default defineRule({
  id: 'no-request-deadline',
  title: 'Nothing ends a script that hangs',
  severity: 'info',
  reads: ['nginx', 'fpm'],
  docs: {
    what: 'Looks for pools behind nginx whose scripts were given `max_execution_time = 0` while `request_terminate_timeout` is off.',
    why: 'nginx answers 504 when its timeout is over, and the worker goes on. Each script that hangs takes one worker away for good, until none is left and every request is answered 504.',
    fine: 'Where scripts cannot hang, or something else watches the workers. `max_execution_time` does not count the time a script waits, so that only `request_terminate_timeout` is a true end.',
    fix: 'Set `request_terminate_timeout` to the longest time that a request may take.',
  },
  references: [
    'https://www.php.net/manual/en/install.fpm.configuration.php#request-terminate-timeout',
    'https://www.php.net/manual/en/info.configuration.php#ini.max-execution-time',
  ],
  frequency: 'medium',
  logs: [readTimedOutLine],
  examples: [
    {
      name: 'no limit on either side',
      bad: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[max_execution_time] = 0\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 120s;\n    }\n}\n',
      },
      good: {
        'etc/php/8.2/fpm/pool.d/www.conf':
          '[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\nphp_admin_value[max_execution_time] = 0\nrequest_terminate_timeout = 120s\n',
        'etc/nginx/sites-enabled/shop':
          'server {\n    server_name shop.example.com;\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout 120s;\n    }\n}\n',
      },
    },
  ],
  check({ hosts }, context) {
    for (const host of hosts) {
      for (const master of host.masters) {
        const endless = (pool: Alike) => {
          const execution = numberOf(phpSetting(master, pool, 'max_execution_time'));
          return (
            execution.kind === 'given' && execution.value <= 0 && knownValue(pool.terminateTimeout) === 0
          );
        };
        for (const pool of poolsOfKinds(master.pools, endless)) {
          const execution = numberOf(phpSetting(master, pool, 'max_execution_time'));
          if (execution.kind !== 'given') continue;
          const links = linksTo(pool, host);
          // Where nginx waits for its default time, read-timeout-missing speaks of it.
          if (links.length === 0 || links.some(({ pass }) => readTimeoutOf(pass).kind !== 'set')) continue;
          const workers = knownValue(pool.maxChildren);
          context.report({
            message: `scripts of the pool "${pool.name}" may run without end, and nothing ends them`,
            label: 'and request_terminate_timeout is off',
            at: execution.span,
            predicts: {
              status: 504,
              log: 'upstream timed out (110: Connection timed out) while reading response header from upstream',
              when: `when ${workers ?? 'all'} scripts hang`,
            },
            affects: visitorsOf(links.map(({ pass }) => pass.server)),
            help: 'set request_terminate_timeout to the longest time that a request may take',
          });
        }
      }
    }
  },
});
