import { describe, expect, it } from 'vitest';
import { fpmOptions } from '../../src/load/fpm-options.ts';

describe('the options of php-fpm', () => {
  // Each was given to php-fpm 8.2, with and without `daemonize = no`.
  it.each([
    ['', undefined],
    ['-F', false],
    ['-D', true],
    ['-RF', false],
    ['-FO', false],
    ['-F -D', true],
    ['-D -F', false],
    ['--nodaemonize', false],
    ['--daemonize', true],
    ['-d a=b -F', false],
    ['-y -F', undefined],
    ['-c /etc/F.ini', undefined],
  ])('%s', (line, inBackground) => {
    expect(fpmOptions(line.split(' ')).inBackground).toBe(inBackground);
  });
});
