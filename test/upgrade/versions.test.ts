import { describe, expect, test } from 'vitest';
import { nginx, php, plan, site, upgradeOf, www } from './hosts.ts';

const shop = (version: string) =>
  nginx({ 'sites-enabled/shop': site('shop.example.com', `unix:/run/php/php${version}-fpm.sock`) });
const php74 = php('7.4', { www: www('7.4') });
const php81 = php('8.1', { www: www('8.1') });
const php82 = php('8.2', { www: www('8.2') });
const php83 = php('8.3', { www: www('8.3') });

async function versions(...args: Parameters<typeof upgradeOf>): Promise<string> {
  const { from, to, others } = await upgradeOf(...args);
  return [from, to]
    .map(({ version, state }) => `${version} ${state}`)
    .concat(others)
    .join(', ');
}

describe('the versions of an upgrade', () => {
  test('are the one that nginx still names and the highest installed', async () => {
    expect(await versions({ ...php82, ...shop('8.1') })).toBe('8.1 absent, 8.2 runs');
    expect(await versions({ ...php82, ...php83, ...shop('8.1') })).toBe('8.1 absent, 8.3 runs, 8.2');
  });

  test('are the two installed where nginx names no other', async () => {
    expect(await versions({ ...php81, ...php83, ...shop('8.1') })).toBe('8.1 runs, 8.3 runs');
    expect(await versions({ ...php81, ...php83, ...shop('8.3') })).toBe('8.1 runs, 8.3 runs');
  });

  test('are the nearest two of three, and the third is named', async () => {
    expect(await versions({ ...php74, ...php81, ...php83 })).toBe('8.1 runs, 8.3 runs, 7.4');
  });

  test('know what an uninstalled package has left behind', async () => {
    const masked = { 'etc/systemd/system/php8.1-fpm.service': { link: '/dev/null' } };
    expect(await versions({ ...php81, ...php83, ...masked, ...shop('8.3') })).toBe('8.1 leftover, 8.3 runs');
  });

  test('can be told, for an upgrade that is still to come', async () => {
    expect(await versions({ ...php81, ...shop('8.1') }, { to: '8.4' })).toBe('8.1 runs, 8.4 absent');
    expect(await versions({ ...php74, ...php83, ...shop('8.3') }, { from: '8.1' })).toBe(
      '8.1 absent, 8.3 runs, 7.4',
    );
  });

  test('go down as well, where they are told', async () => {
    expect(await versions({ ...php81, ...php83, ...shop('8.3') }, { from: '8.3', to: '8.1' })).toBe(
      '8.3 runs, 8.1 runs',
    );
  });

  test('are one where nothing shows another', async () => {
    expect(await plan({ ...php82, ...shop('8.2') })).toEqual({
      kind: 'single',
      host: 'host',
      version: '8.2',
    });
  });

  test('take a master that tells no version for the new one', async () => {
    const rhel = {
      'etc/php-fpm.conf': 'include=/etc/php-fpm.d/*.conf\n[global]\n',
      'etc/php-fpm.d/www.conf':
        '[www]\nuser = apache\nlisten = /run/php-fpm/www.sock\npm = ondemand\npm.max_children = 5\n',
    };
    expect(await versions({ ...rhel, ...shop('8.1') }, { to: '8.3' })).toBe('8.1 absent, 8.3 runs');
    await expect(plan({ ...rhel, ...shop('8.1') })).rejects.toThrow(
      'no php-fpm was found whose version is known',
    );
  });

  test('differ', async () => {
    await expect(plan({ ...php82 }, { from: '8.2' })).rejects.toThrow('--from and --to are both 8.2');
  });
});
