import { describe, expect, it } from 'vitest';
import { captureCount } from '../../../src/syntax/nginx/captures.ts';

describe('captureCount', () => {
  it.each([
    ['^(.+\\.php)(/.+)$', 2],
    ['^(.+\\.php)((?:/.+)?)$', 2],
    ['^(?<script>.+\\.php)(?<path>/.*)$', 2],
    ["^(?'a'.+)(?P<b>/.*)$", 2],
    ['^\\((.+)\\)[(](/.*)[])(]$', 2],
    ['(?i)^(?!/api)(?<=x)(?<!y)(?=z)(.+)(*FAIL)$', 1],
    ['[[:alpha:](](a)[^](](b)', 2],
    ['', 0],
  ])('%s', (pattern, count) => {
    expect(captureCount(pattern)).toBe(count);
  });

  it.each(['(?|(a)|(b))', '\\Q(\\E(a)', '(?#(a))(b)', '(?x) # (a)\n (b)', '(?n)(a)'])(
    'leaves %s alone',
    (pattern) => {
      expect(captureCount(pattern)).toBeUndefined();
    },
  );
});
