import { describe, expect, test } from 'vitest';
import { dialedBeyondPools, dialedPeers } from '../../../src/model/links/dialed.ts';
import type { Link } from '../../../src/model/links/link.ts';
import { linksOfKinds } from '../../../src/model/links/link-kind.ts';
import { hasSetting, settingsOf, someSetting } from '../../../src/model/nginx/pass-kind.ts';
import { hostOf } from '../host-of.ts';

const pool = (name: string): string => `[${name}]
user = www-data
listen = /run/php/${name}.sock
listen.owner = www-data
pm = ondemand
pm.max_children = 2
`;

const host = await hostOf({
  'etc/php/8.2/fpm/pool.d/one.conf': pool('one'),
  'etc/php/8.2/fpm/pool.d/two.conf': pool('two'),
  'etc/nginx/snippets/php.conf': 'fastcgi_read_timeout 9s;\n',
  'etc/nginx/conf.d/sites.conf': `
server { server_name one; location / { include snippets/php.conf; fastcgi_pass unix:/run/php/one.sock; } }
server { server_name two; location / { include snippets/php.conf; fastcgi_pass unix:/run/php/two.sock; } }
server { server_name gone; location / { include snippets/php.conf; fastcgi_pass unix:/run/php/php-gone.sock; } }
server { server_name app; location / { proxy_pass http://127.0.0.1:3000; } }
server { server_name dead; location / { return 204; fastcgi_pass unix:/run/php/one.sock; } }
`,
});

/** The names of their servers; that of the small host beside them is left out. */
const namesOf = (links: readonly Link[]) =>
  links.map(({ pass }) => pass.server.names[0]?.value).filter((name) => name !== 'shop.example.com');

describe('the links of a kind', () => {
  test('are told apart by what is in effect, where they lead and who answers', () => {
    expect(namesOf(linksOfKinds(host, ({ pass }) => hasSetting(pass, '_read_timeout')))).toEqual([
      'one',
      'two',
      'gone',
    ]);
    expect(namesOf(linksOfKinds(host, ({ state }) => state === 'missing'))).toEqual(['gone']);
    expect(namesOf(linksOfKinds(host, ({ pass }) => pass.target === 'tcp'))).toEqual(['app']);
    expect(namesOf(linksOfKinds(host, ({ pass }) => !pass.isReachable))).toEqual(['dead']);
    expect(namesOf(linksOfKinds(host, ({ isAnsweredByPools }) => isAnsweredByPools))).toEqual([
      'one',
      'two',
      'dead',
    ]);
  });

  test('share what a snippet says', () => {
    const said: string[] = [];
    linksOfKinds(host, ({ pass, state }) => {
      if (state !== 'found' || !hasSetting(pass, '_read_timeout')) return false;
      expect(settingsOf(pass, 'fastcgi_read_timeout')).toHaveLength(1);
      expect(someSetting(pass, '_read_timeout', ([time]) => said.push(time ?? '') > 1)).toBe(false);
      return true;
    });
    expect(said).toEqual(['9s']);
  });
});

test('what is dialed beyond pools is left of all that is dialed without the sockets of pools', () => {
  const beyond = dialedBeyondPools(host);
  expect(beyond.map(({ peer }) => peer.word.value)).toEqual([
    'unix:/run/php/php-gone.sock',
    'http://127.0.0.1:3000',
  ]);
  expect(dialedPeers(host)).toEqual(expect.arrayContaining([...beyond]));
});
