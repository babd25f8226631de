import { describe, expect, test } from 'vitest';
import { github } from '../../src/report/github.ts';
import { findingAt, placeOf, reportOf, sourceOf } from './places.ts';
import { hostileReport, hostileTexts, plain, report } from './samples.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * Reads a line as GitHub's runner does: TryParseV2 of
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
function runnerReads(line: string): Command | undefined {
  const trimmed = line.trimStart();
  if (!trimmed.startsWith('::')) return undefined;
  const end = trimmed.indexOf('::', 2);
  if (end === -1) return undefined;
  const info = trimmed.slice(2, end);
  const space = info.indexOf(' ');
  const name = space === -1 ? info : info.slice(0, space);
  const pairs = (space === -1 ? '' : info.slice(space + 1).trim()).split(',').filter((each) => each !== '');
  const properties = pairs.map((pair) => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, equals), decoded(pair.slice(equals + 1))] as const;
  });
  return { name, properties: Object.fromEntries(properties), data: decoded(trimmed.slice(end + 2)) };
}

function decoded(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}

describe('workflow commands', () => {
  test('put each finding beside its line', () => {
    const commands = github(report, plain)
      .split('\n')
      .flatMap((line) => runnerReads(line) ?? []);
    expect(commands).toEqual([
      {
        name: 'error',
        properties: {
          file: 'etc/nginx/sites-available/my shop',
          line: '2',
          endLine: '2',
          col: '18',
          endColumn: '39',
          title: 'dead-socket',
        },
        data: `no pool listens on unix:/run/php8.1.sock
then: visitors of shop.example.com get 502 Bad Gateway
log: connect() to unix:/run/php8.1.sock failed (2: No such file or directory)
help: point it at the socket of PHP 8.2
fix: fastcgi_pass unix:/run/php8.2.sock;
/etc/php/8.2/fpm/pool.d/www.conf:2:10: PHP 8.2 listens here`,
      },
      {
        name: 'warning',
        properties: {
          file: 'etc/nginx/sites-available/my shop',
          line: '2',
          endLine: '4',
          title: 'slow-script',
        },
        data: 'nginx waits 60 seconds',
      },
      {
        name: 'notice',
        properties: {
          file: '/etc/php/8.2/fpm/pool.d/www.conf',
          line: '2',
          endLine: '2',
          col: '1',
          endColumn: '7',
          title: 'slow-script',
        },
        data: '100% & more: <a, b>',
      },
    ]);
  });

  test('are escaped as GitHub asks', () => {
    const source = sourceOf('a,b:c%', 'x');
    const line = github(reportOf([findingAt(placeOf(source, 'x'), { message: '50%0A:,' })]), plain);
    expect(line.split('\n', 1)[0]).toBe(
      '::error file=a%2Cb%3Ac%25,line=1,endLine=1,col=1,endColumn=2,title=some-rule::50%250A:,',
    );
  });

  test('are followed by what was not judged, and by the count', () => {
    expect(github(report, plain).split('\n').slice(3)).toEqual([
      'no502: 1 server, 1 pass: 1 has a listener; 1 php-fpm master (PHP 8.2), 1 pool',
      'no502: not checked: memory (give --memory 4G)',
      'no502: not read: etc/nginx/big.conf (larger than 10 MB)',
      'no502: 1 error, 1 warning, 1 info',
      '',
    ]);
    expect(github(report, { ...plain, verbosity: 'quiet' })).toMatch(/^::error [^\n]*\n$/);
  });

  test.each(hostileTexts)('cannot be forged by a file: %j', (text) => {
    const lines = github(hostileReport(text), plain).trimEnd().split('\n');
    expect(lines.flatMap((line) => runnerReads(line)?.name ?? [])).toEqual(['error', 'error']);
    for (const line of lines) {
      expect(line).toMatch(/^(::error file=|no502: )/);
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2028]/);
    }
    expect(Object.keys(runnerReads(lines[0] ?? '')?.properties ?? {})).toEqual([
      'file',
      'line',
      'endLine',
      ...(text.includes('\n') ? [] : ['col', 'endColumn']),
      'title',
    ]);
  });
});
