import { describe, expect, test } from 'vitest';
import { splitNginxDump } from '../../src/load/nginx-dump.ts';

function split(dump: string): Readonly<Record<string, string>> | undefined {
  const files = splitNginxDump(Buffer.from(dump, 'latin1'))?.files;
  return (
    files &&
    Object.fromEntries([...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('latin1')]))
  );
}

describe('the output of nginx -T', () => {
  test('is taken apart into the files as they are, with the main file first', () => {
    const dump =
      '# configuration file /etc/nginx/nginx.conf:\nevents {}\nhttp { include a; include b; }\n\n# configuration file /etc/nginx/a:\n\n# configuration file /etc/nginx/b:\n# no line feed at its end\n';
    expect(splitNginxDump(Buffer.from(dump))?.main).toBe('/etc/nginx/nginx.conf');
    expect(split(dump)).toEqual({
      '/etc/nginx/nginx.conf': 'events {}\nhttp { include a; include b; }\n',
      '/etc/nginx/a': '',
      '/etc/nginx/b': '# no line feed at its end',
    });
  });

  test('may have standard error in front of it, and line endings of another system', () => {
    const dump =
      'nginx: [warn] conflicting server name\r\nnginx: configuration file /etc/nginx/nginx.conf test is successful\r\n# configuration file /etc/nginx/nginx.conf:\r\nevents {}\r\n\r\n';
    expect(split(dump)).toEqual({ '/etc/nginx/nginx.conf': 'events {}\r\n' });
  });

  test('keeps bytes that are not UTF-8, and brings paths into normal form', () => {
    expect(split('# configuration file /etc/nginx/../x.conf:\n# \xe9\n\n')).toEqual({
      '/etc/x.conf': '# \xe9\n',
    });
  });

  test('ends a file only where a line says so', () => {
    const text = 'a # configuration file /x:\n# configuration file of us:\n# configuration file /etc/nginx\n';
    expect(split(`# configuration file /n:\n${text}\n`)).toEqual({ '/n': text });
  });

  test('tells where a file comes twice', () => {
    const file = '# configuration file /n:\nevents {}\n\n';
    expect(splitNginxDump(Buffer.from(file))?.isRepeated).toBe(false);
    expect(splitNginxDump(Buffer.from(file + file))?.isRepeated).toBe(true);
  });

  test.each([
    '',
    'events {}\n# configuration file /etc/nginx/nginx.conf:\n',
    '# configuration file of the shop:\nevents {}\n',
    '# configuration file /etc/nginx/nginx.conf:',
  ])('is not %j', (text) => expect(splitNginxDump(Buffer.from(text))).toBeUndefined());

  test('is taken apart in time linear in its size', () => {
    const lines = '# configuration file /x\n'.repeat(200_000);
    const began = performance.now();
    expect(split(`# configuration file /n:\n${lines}`)).toHaveProperty('/n');
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
