import { describe, expect, test } from 'vitest';
import { shortTimeouts } from '../../../src/model/checks/time-limit.ts';
import { hostOf } from '../host-of.ts';

/** The limits that a pass with this read timeout waits too short for, with these lines in the pool. */
async function limitsAbove(readTimeout: string, pool: string): Promise<readonly number[]> {
  const host = await hostOf({
    'etc/php/8.2/fpm/pool.d/www.conf': `[www]\nuser = www-data\nlisten = /run/php/php8.2-fpm.sock\nlisten.owner = www-data\npm = static\npm.max_children = 4\n${pool}\n`,
    'etc/nginx/sites-enabled/shop': `server {\n    location ~ \\.php$ {\n        include fastcgi.conf;\n        fastcgi_pass unix:/run/php/php8.2-fpm.sock;\n        fastcgi_read_timeout ${readTimeout};\n    }\n}\n`,
  });
  return shortTimeouts(host).map(({ limit }) => limit.seconds);
}

describe('a read timeout below what the scripts may take', () => {
  test('is below request_terminate_timeout', async () => {
    expect(await limitsAbove('600s', 'request_terminate_timeout = 20m')).toEqual([1200]);
  });

  test('is not below a limit of a day, which grants nobody a day', async () => {
    expect(await limitsAbove('600s', 'request_terminate_timeout = 1d')).toEqual([]);
    const both = 'request_terminate_timeout = 1d\nphp_admin_value[max_execution_time] = 900';
    expect(await limitsAbove('600s', both)).toEqual([900]);
  });

  test('is not zero: that is another fault', async () => {
    expect(await limitsAbove('0', 'request_terminate_timeout = 300')).toEqual([]);
  });
});
