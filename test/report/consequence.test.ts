import { describe, expect, test } from 'vitest';
import type { Affected, Prediction } from '../../src/engine/finding.ts';
import { visitorsOf } from '../../src/model/nginx/server.ts';
import { consequenceOf } from '../../src/report/consequence.ts';
import { nginxOf } from '../model/nginx/model.ts';
import { findingAt, placeOf, sourceOf } from './places.ts';

const at = placeOf(sourceOf('a.conf', 'listen 80;'), 'listen');

function sentence(predicts: Prediction, affects: Affected = ['visitors of a.example']): string {
  return consequenceOf(findingAt(at, { predicts, affects }), 2) ?? '';
}

describe('the sentence about what will happen', () => {
  test.each<[string, Prediction]>([
    ['visitors of a.example get 502 Bad Gateway', { status: 502, log: '' }],
    ['visitors of a.example get 418', { status: 418, log: '' }],
    [
      'under load, visitors of a.example get 504 Gateway Time-out',
      { status: 504, log: '', when: 'under load' },
    ],
    [
      'nginx refuses to start: a reload keeps the old configuration, a restart or reboot takes down visitors of a.example',
      { status: null, log: '', writer: 'nginx' },
    ],
    [
      'unless DNS knows the name, nginx refuses to start: a reload keeps the old configuration, a restart or reboot takes down visitors of a.example',
      { status: null, log: '', when: 'unless DNS knows the name' },
    ],
    [
      'php-fpm 8.2 refuses to start: from its next reload, restart or reboot on visitors of a.example get 502 Bad Gateway',
      { status: 502, log: '', writer: 'php-fpm 8.2', refusesToStart: true },
    ],
  ])('%s', (expected, predicts) => {
    expect(sentence(predicts)).toBe(expected);
  });

  test('claims no visitors where none are known to be hit', () => {
    const refusal: Prediction = { status: 502, log: '', writer: 'php-fpm', refusesToStart: true };
    expect(sentence(refusal, [])).toBe(
      'php-fpm refuses to start: its next reload, restart or reboot ends it',
    );
    expect(sentence({ status: 502, log: '' }, [])).toBe('visitors get 502 Bad Gateway');
    expect(sentence({ status: null, log: '' }, [])).toMatch(/takes down all that it serves$/);
  });

  test('says what names have in common once, and how many are left', () => {
    const named = ['a', 'b', 'c', 'd'].map((name) => `visitors of ${name}`);
    expect(sentence({ status: 502, log: '' }, named)).toBe('visitors of a, b and 2 more get 502 Bad Gateway');
    expect(sentence({ status: 502, log: '' }, ['visitors of a', 'the app'])).toBe(
      'visitors of a and the app get 502 Bad Gateway',
    );
  });
});

test('visitors that are named when asked for read as a list of texts does', () => {
  const names = ['a', 'b', 'c', 'd'].map((name) => `server { server_name ${name}.example; }`);
  const affects = visitorsOf(nginxOf(names.join('\n')).servers);
  const predicts = { status: 502, log: '' };
  expect(sentence(predicts, affects)).toBe(sentence(predicts, [...affects]));
  expect(sentence(predicts, affects)).toBe('visitors of a.example, b.example and 2 more get 502 Bad Gateway');
  expect(sentence(predicts, visitorsOf([]))).toBe('visitors get 502 Bad Gateway');
});
