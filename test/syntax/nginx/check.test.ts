import { describe, expect, it } from 'vitest';
import { type CheckOptions, nginxCheck } from '../../../src/syntax/nginx/check.ts';
import type { NginxContext } from '../../../src/syntax/nginx/contexts.ts';
import { nginxParser, parseNginx } from '../../../src/syntax/nginx/parse.ts';
import type { NginxProblem } from '../../../src/syntax/nginx/tree.ts';
import { checkCases } from './check-cases.ts';
import { sourceOf } from './source-of.ts';

function check(
  text: string,
  context: NginxContext,
  options: Partial<CheckOptions> = {},
): readonly NginxProblem[] {
  const check = nginxCheck({ included: () => undefined, complete: false, ...options });
  return check(parseNginx(sourceOf(text)), context);
}

function first(problems: readonly NginxProblem[]): readonly [string, number | undefined] | undefined {
  const [problem] = problems;
  return problem && [problem.message, problem.reportedLine];
}

describe('nginxCheck', () => {
  it.each(checkCases)('$text', ({ text, says }) => {
    const problems = check(text, 'main', { nginxVersion: '1.22.1' }).filter((problem) => problem.fatal);
    expect(first(problems)).toEqual(says);
  });

  it('says what was most likely meant', () => {
    expect(check('fastcgi_read_timout 5s;', 'server')[0]?.help).toBe('did you mean "fastcgi_read_timeout"?');
    expect(check('\ufeffroot /a;', 'server')[0]?.help).toContain('byte order mark');
  });

  it('says where a semicolon is missing, and points there', () => {
    const text = 'root /a\nindex b;';
    const [problem] = check(text, 'server');
    expect(problem?.help).toBe('a ";" is missing after /a on line 1, so "index" became an argument');
    expect(problem && text.slice(problem.span.start, problem.span.end)).toBe('/a');
  });

  it('says where the first statement is', () => {
    expect(check('root /a;\nroot /b;', 'server')[0]?.help).toBe('it stands first on line 1');
  });

  it('goes on inside a block whose name a missing semicolon swallowed', () => {
    const problems = check('root /a\nlocation / { sendfile maybe; }', 'server');
    expect(problems.map((problem) => problem.kind)).toEqual(['syntax', 'invalid-value']);
  });

  it('does not judge a directive that nginx never gets to see', () => {
    expect(check('server { root }', 'http')).toEqual([]);
  });
});

describe('directives of other modules', () => {
  it('are no errors while a module may bring them', () => {
    const problems = check('more_set_headers a; brotli on; frobnicate on; proxy_cache_purge a;', 'server');
    expect(problems.map(({ kind, fatal }) => [kind, fatal])).toEqual([
      ['unknown-module', false],
      ['unknown-module', false],
      ['unknown-directive', false],
      ['unknown-module', false],
    ]);
  });

  it('are known once their module is loaded', () => {
    const loadModules = ['modules/ngx_http_headers_more_filter_module.so'];
    expect(check('more_set_headers a;', 'server', { loadModules })).toEqual([]);
  });

  it('are known once the module of another maker is loaded', () => {
    const loadModules = [
      'modules/ngx_http_brotli_filter_module.so',
      'modules/ngx_http_cache_purge_module.so',
    ];
    expect(check('brotli on; brotli_comp_level 5; proxy_cache_purge a;', 'server', { loadModules })).toEqual(
      [],
    );
    expect(check('vhost_traffic_status on;', 'server', { loadModules })).toHaveLength(1);
  });

  it('are errors where a distribution would have to load their module and does not', () => {
    const host = { complete: true, distributionPackage: true };
    const [problem] = check('stream { server { listen 1; } }', 'main', host);
    expect(problem).toMatchObject({
      kind: 'unknown-module',
      fatal: true,
      message: 'unknown directive "stream"',
    });
    expect(check('stream { }', 'main', { complete: true })).toEqual([]);
    const loadModules = ['/usr/lib/nginx/modules/ngx_stream_module.so'];
    expect(check('stream { }', 'main', { ...host, loadModules })).toEqual([]);
  });

  it('hold what nobody knows', () => {
    expect(check('rtmp { server { frobnicate; } }', 'main').filter((problem) => problem.fatal)).toEqual([]);
  });
});

describe('versions', () => {
  it('judge a directive by the version of the host', () => {
    expect(first(check('http2 on;', 'server', { nginxVersion: '1.22.1' }))).toEqual([
      'unknown directive "http2"',
      1,
    ]);
    expect(first(check('ssl on;', 'server', { nginxVersion: '1.25.1' }))).toEqual([
      'unknown directive "ssl"',
      1,
    ]);
    expect(check('http2 on; ', 'server', { nginxVersion: '1.25.1' })).toEqual([]);
    expect(check('ssl on;', 'server', { nginxVersion: '1.22.1' })).toEqual([]);
  });

  it('accuse nothing while the version is not known', () => {
    expect(check('http2 on; ssl on; listen 443 quic;', 'server')).toEqual([]);
  });
});

describe('includes', () => {
  const snippet = parseNginx({ ...sourceOf('root /b;\nlocation / { }'), path: '/etc/nginx/snippet.conf' });
  const included: CheckOptions['included'] = () => [{ parsed: snippet }];

  it('are judged in place', () => {
    const [duplicate, misplaced] = check('root /a;\ninclude snippet.conf;', 'http', { included });
    expect(duplicate).toMatchObject({
      message: '"root" directive is duplicate',
      reportedLine: 1,
      help: 'it stands first on line 1 of /etc/nginx/nginx.conf',
    });
    expect(duplicate?.span.source.path).toBe('/etc/nginx/snippet.conf');
    expect(misplaced?.message).toBe('"location" directive is not allowed here');
  });

  it('are judged in every file where the same words bring something else', () => {
    const parse = nginxParser();
    const files = ['a', 'b', 'c', 'd'].map((name) =>
      parse({ ...sourceOf('server {\nlocation / {\ninclude x;\n}\n}\n'), path: `/etc/nginx/${name}` }),
    );
    const faulty = parse(sourceOf('listen 80;'));
    const judge = nginxCheck({
      included: (_, { path }) => (path === '/etc/nginx/d' ? [{ parsed: faulty }] : undefined),
      includesDiffer: true,
      complete: false,
    });
    expect(files.map((file) => judge(file, 'http').length)).toEqual([0, 0, 0, 1]);
  });

  it('may come in a circle', () => {
    const circle = parseNginx(sourceOf('include again.conf;'));
    expect(check('include a.conf;', 'http', { included: () => [{ parsed: circle }] })).toEqual([]);
  });

  it('may hold the lines of a map', () => {
    const lines = parseNginx(sourceOf('server a;\nlocation b c;'));
    const problems = check('map $host $a { include lines; }', 'http', {
      included: () => [{ parsed: lines }],
    });
    expect(problems.map((problem) => problem.message)).toEqual(['invalid number of the map parameters']);
  });
});

it('takes 100,000 blocks in each other', () => {
  expect(check('a {'.repeat(100_000) + '}'.repeat(100_000), 'http').length).toBe(1);
});
