import { describe, expect, it } from 'vitest';
import { parseNginxSize, parseNginxTimeMs } from '../../src/values/nginx.ts';

describe('nginx times', () => {
  it.each([
    ['60', 60_000],
    ['60s', 60_000],
    ['1m', 60_000],
    ['1m30s', 90_000],
    ['1m 30s', 90_000],
    ['500ms', 500],
    ['0', 0],
    ['1h', 3_600_000],
    ['1d', 86_400_000],
    ['1M', 2_592_000_000],
    ['1m30', 90_000],
  ])('reads %s', (text, milliseconds) => {
    expect(parseNginxTimeMs(text)).toBe(milliseconds);
  });

  it.each(['', '300sec', '1min', '30s1m', '1s1s', 's', '-1', '1.5s', '$timeout', 'off'])(
    'refuses %j',
    (text) => {
      expect(parseNginxTimeMs(text)).toBeUndefined();
    },
  );
});

describe('nginx sizes', () => {
  it.each([
    ['8k', 8192],
    ['8K', 8192],
    ['1m', 1_048_576],
    ['4096', 4096],
  ])('reads %s', (text, bytes) => {
    expect(parseNginxSize(text)).toBe(bytes);
  });

  it.each(['', '8kb', '1g', '-1', '8 k'])('refuses %j', (text) => {
    expect(parseNginxSize(text)).toBeUndefined();
  });
});
