import { describe, expect, it } from 'vitest';
import { memoryFileSystem } from '../../src/load/memory-file-system.ts';
import { packagedNginxVersion } from '../../src/load/nginx-package.ts';
import { openRoot } from '../../src/load/root.ts';

function versionOn(files: Record<string, string>, main = '/etc/nginx/nginx.conf'): string | undefined {
  const entries = Object.entries(files).map(([path, text]) => [`/host${path}`, text]);
  return packagedNginxVersion(
    openRoot(memoryFileSystem(Object.fromEntries(entries)), '/host', '/host'),
    main,
  );
}

const paragraph = (name: string, status: string, version: string): string =>
  `Package: ${name}\nStatus: ${status}\nPriority: optional\nVersion: ${version}\nDescription: web server\n more\n`;

describe('the version of nginx that the packages tell', () => {
  it('is read from dpkg', () => {
    const status = [
      paragraph('libc6', 'install ok installed', '2.36-9+deb12u4'),
      paragraph('nginx', 'install ok installed', '1.22.1-9+deb12u3'),
    ].join('\n');
    expect(versionOn({ '/var/lib/dpkg/status': status })).toBe('1.22.1');
  });

  it('is that of the package that is installed, not of one that was removed', () => {
    const status = [
      paragraph('nginx', 'deinstall ok config-files', '1.14.2-2'),
      paragraph('nginx-common', 'install ok installed', '1:1.26.0-1'),
    ].join('\n');
    expect(versionOn({ '/var/lib/dpkg/status': status })).toBe('1.26.0');
  });

  it('is read from apk', () => {
    const installed = 'C:Q1x\nP:musl\nV:1.2.4-r2\n\nC:Q1y\nP:nginx\nV:1.24.0-r16\nA:x86_64\n\n';
    expect(versionOn({ '/lib/apk/db/installed': installed })).toBe('1.24.0');
  });

  it('says nothing of an nginx that somebody built', () => {
    const files = { '/var/lib/dpkg/status': paragraph('nginx', 'install ok installed', '1.22.1-9') };
    expect(versionOn(files, '/usr/local/nginx/conf/nginx.conf')).toBeUndefined();
    expect(versionOn({})).toBeUndefined();
  });
});
