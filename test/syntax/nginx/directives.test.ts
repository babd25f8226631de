import { describe, expect, it } from 'vitest';
import {
  directiveNames,
  documentationOf,
  formsOf,
  standsIn,
  takesArguments,
} from '../../../src/syntax/nginx/directives.ts';
import { nearMiss, slipsBetween } from '../../../src/syntax/nginx/near-miss.ts';
import { compareVersions } from '../../../src/syntax/nginx/version.ts';

describe('the directive table', () => {
  it('holds all forms of a directive', () => {
    const forms = formsOf('server');
    expect(forms.find((form) => standsIn(form, 'http'))).toMatchObject({ arity: '0', block: true });
    expect(forms.find((form) => standsIn(form, 'upstream'))).toMatchObject({ arity: '1+', block: false });
    expect(formsOf('frobnicate')).toEqual([]);
    expect(formsOf('constructor')).toEqual([]);
  });

  it('knows modules, versions, values and what may be stated once', () => {
    expect(formsOf('http2')[0]).toMatchObject({
      module: 'ngx_http_v2_module',
      since: '1.25.1',
      slot: 'flag',
      once: true,
    });
    expect(formsOf('proxy_read_timeout')[0]).toMatchObject({
      moduleKind: 'built-in',
      slot: 'msec',
      once: true,
    });
    expect(formsOf('auth_jwt')[0]).toMatchObject({ moduleKind: 'plus' });
    expect(formsOf('add_header')[0]?.once).toBe(false);
  });

  it('knows the documentation', () => {
    const page = 'https://nginx.org/en/docs';
    expect(documentationOf('proxy_pass')).toEqual([
      `${page}/http/ngx_http_proxy_module.html#proxy_pass`,
      `${page}/stream/ngx_stream_proxy_module.html#proxy_pass`,
    ]);
    expect(documentationOf('error_log')).toEqual([`${page}/ngx_core_module.html#error_log`]);
    expect(documentationOf('frobnicate')).toEqual([]);
  });

  it('can be read in every line', () => {
    for (const name of directiveNames()) {
      for (const form of formsOf(name)) {
        expect(form.letters, name).toMatch(/^(?:\*|[mehslijxuSVUMNo]+)$/);
        expect(form.arity, name).toMatch(/^(?:\d(?:-\d|\+)?)(?:,\d(?:-\d|\+)?)*$/);
        expect(form.module, name).toMatch(/^ngx_\w+_module$/);
      }
    }
  });

  it.each([
    ['stub_status', 0, true],
    ['stub_status', 1, true],
    ['stub_status', 2, false],
    ['try_files', 1, false],
    ['try_files', 9, true],
    ['location', 2, true],
    ['location', 3, false],
  ])('%s with %i arguments: %s', (name, count, taken) => {
    expect(formsOf(name).some((form) => takesArguments(form, count))).toBe(taken);
  });
});

describe('nearMiss', () => {
  it.each([
    ['listn', 'server', 'listen'],
    ['lisetn', 'server', 'listen'],
    ['Listen', 'server', 'listen'],
    ['proxy_set_headers', 'location', 'proxy_set_header'],
    ['fastcgi_pas', 'location', 'fastcgi_pass'],
    ['fastcgi_raed_timout', 'server', 'fastcgi_read_timeout'],
    ['listn', 'main', undefined],
    ['frobnicate', 'server', undefined],
    ['redis_pass', 'location', undefined],
    ['', 'server', undefined],
  ] as const)('%s in %s: %s', (name, context, meant) => {
    expect(nearMiss(name, context)).toBe(meant);
  });

  it('counts a swap as one slip', () => {
    expect(slipsBetween('lisetn', 'listen', 9)).toBe(1);
    expect(slipsBetween('kitten', 'sitting', 9)).toBe(3);
    expect(slipsBetween('kitten', 'sitting', 2)).toBe(2);
  });
});

it('compares versions by number', () => {
  expect(compareVersions('1.9.15', '1.25.1')).toBeLessThan(0);
  expect(compareVersions('1.25.1', '1.25.1')).toBe(0);
});
