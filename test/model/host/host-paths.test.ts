import { describe, expect, it } from 'vitest';
import { type MemoryEntry, memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import type { LayoutName } from '../../../src/load/php-layouts.ts';
import { openRoot } from '../../../src/load/root.ts';
import { hostPaths } from '../../../src/model/assemble/host-paths.ts';

const passwd = { '/host/etc/passwd': 'root:x:0:0::/root:/bin/sh\n' };

function kindOf(
  path: string,
  tree: Readonly<Record<string, MemoryEntry>>,
  layouts: readonly LayoutName[] = ['debian'],
): string {
  const root = openRoot(memoryFileSystem(tree), '/host', '/');
  return hostPaths(root, layouts).at(path).kind;
}

describe('whether a directory is there when php-fpm starts', () => {
  it('believes the tree', () => {
    const tree = { ...passwd, '/host/var/www/shop/index.php': '' };
    expect(kindOf('/var/www/shop', tree)).toBe('directory');
    expect(kindOf('/var/www/shop/index.php', tree)).toBe('file');
    expect(kindOf('/var/www/gone', tree)).toBe('absent');
  });

  it('says nothing of what a copy of /etc does not hold', () => {
    expect(kindOf('/var/log/php', passwd)).toBe('unknown');
    expect(kindOf('/srv/shop', passwd)).toBe('unknown');
    expect(kindOf('/tmp/php', passwd)).toBe('unknown');
    expect(kindOf('/var/log', passwd)).toBe('directory');
  });

  it('leaves open what packages of an unknown maker keep below /var', () => {
    const tree = { ...passwd, '/host/var/log/nginx/access.log': '', '/host/var/www/shop/index.php': '' };
    expect(kindOf('/var/log/plesk-php82-fpm', tree, ['plesk'])).toBe('unknown');
    expect(kindOf('/var/log/php', tree)).toBe('absent');
    expect(kindOf('/var/www/gone', tree, ['plesk'])).toBe('absent');
  });

  it('knows what packages and the boot make below /run', () => {
    expect(kindOf('/run/php', passwd)).toBe('directory');
    expect(kindOf('/var/run/php', passwd)).toBe('directory');
    expect(kindOf('/run/php-fpm', passwd)).toBe('absent');
    expect(kindOf('/run/php-fpm', passwd, ['rhel'])).toBe('directory');
    expect(kindOf('/run/shop', passwd, ['debian', 'custom'])).toBe('unknown');
  });

  it('reads tmpfiles.d and RuntimeDirectory=', () => {
    const lines = { '/host/etc/tmpfiles.d/shop.conf': '# shop\nd /var/run/shop/fpm 0755 root root -\n' };
    expect(kindOf('/run/shop/fpm', { ...passwd, ...lines })).toBe('directory');
    expect(kindOf('/run/shop', { ...passwd, ...lines })).toBe('directory');
    const unit = {
      '/host/etc/systemd/system/a.service': '[Service]\nRuntimeDirectory=a b/c\nExecStart=/a\n',
    };
    expect(kindOf('/run/b/c', { ...passwd, ...unit })).toBe('directory');
    expect(kindOf('/run/c', { ...passwd, ...unit })).toBe('absent');
  });

  it('does not know what starts a container', () => {
    const image = { ...passwd, '/host/usr/bin/env': '' };
    expect(kindOf('/run/shop', image)).toBe('unknown');
    expect(kindOf('/srv/shop', image)).toBe('absent');
    const booted = { ...image, '/host/usr/lib/systemd/systemd': '' };
    expect(kindOf('/run/shop', booted)).toBe('absent');
  });

  it('is sure of nothing without the users of the host', () => {
    expect(kindOf('/run/php-fpm', { '/host/etc/php/8.2/fpm/php-fpm.conf': '' })).toBe('unknown');
  });

  it('trusts owners only where /etc belongs to root', () => {
    const home = { ...passwd, '/host/home/shop': { directory: true, mode: 0o700, uid: 1001 } } as const;
    const access = (tree: Readonly<Record<string, MemoryEntry>>) => {
      const fact = hostPaths(openRoot(memoryFileSystem(tree), '/host', '/'), []).at('/home/shop');
      return fact.kind === 'directory' ? fact.access?.mode : undefined;
    };
    expect(access(home)).toBe(0o700);
    expect(access({ ...home, '/host/etc': { directory: true, uid: 1000 } })).toBeUndefined();
  });
});
