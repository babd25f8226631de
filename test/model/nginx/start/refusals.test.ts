import { describe, expect, it } from 'vitest';
import { refusalCases } from './refusal-cases.ts';
import { refusalsOf } from './refusals.ts';

describe('what nginx refuses to start with', () => {
  it.each(refusalCases)('$http', ({ http, says }) => {
    const [message, line] = says ?? [];
    const place = line === undefined ? '' : ` in /etc/nginx/nginx.conf:${line}`;
    expect(refusalsOf(http)).toEqual(message === undefined ? [] : [`${message}${place}`]);
  });
});
