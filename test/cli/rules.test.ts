import { describe, expect, test } from 'vitest';
import { parseCall } from '../../src/commands/call.ts';
import { explain } from '../../src/commands/explain.ts';
import { listRules } from '../../src/commands/rules.ts';
import { defineRule } from '../../src/engine/rule.ts';
import { fakeIo } from './fake-io.ts';

const rules = [
  defineRule({
    id: 'dead-port',
    title: 'Nobody listens on a port',
    severity: 'error',
    reads: ['nginx', 'apps'],
    docs: {
      what: 'Joins ports.',
      why: 'It is a 502.',
      fine: 'Elsewhere.\n\nOr later.',
      fix: `Do ${'much '.repeat(30)}work.`,
    },
    references: ['https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass'],
    examples: [
      {
        name: 'one digit',
        bad: { 'etc/nginx/a': 'location / {\n    proxy_pass http://localhost:3002;\n}\n', 'etc/same': 'x\n' },
        good: {
          'etc/nginx/a': 'location / {\n    proxy_pass http://localhost:3001;\n}\n',
          'etc/same': 'x\n',
        },
      },
    ],
    check() {},
  }),
  defineRule({
    id: 'slow',
    title: 'It may take long',
    severity: 'info',
    reads: ['fpm'],
    docs: { what: '', why: '', fine: '', fix: '' },
    references: ['https://www.php.net/manual/en/install.fpm.configuration.php'],
    examples: [],
    check() {},
  }),
];

describe('no502 rules', () => {
  test('lists every rule', () => {
    const world = fakeIo();
    expect(listRules(parseCall(['rules']), world.io, rules)).toBe(0);
    expect(world.stdout()).toBe(
      'dead-port  error    Nobody listens on a port\n' +
        'slow       info     It may take long\n' +
        '\n2 rules; no502 explain ID tells more about one\n',
    );
  });

  test('as JSON for programs', () => {
    const world = fakeIo();
    listRules(parseCall(['rules', '-f', 'json']), world.io, rules);
    const { rules: listed } = JSON.parse(world.stdout());
    expect(listed).toHaveLength(2);
    expect(listed[1]).toEqual({
      id: 'slow',
      severity: 'info',
      title: 'It may take long',
      reads: ['fpm'],
      references: ['https://www.php.net/manual/en/install.fpm.configuration.php'],
      url: 'https://github.com/no502/no502/blob/main/rules/README.md#slow',
    });
  });

  test.each([
    [['rules', 'slow'], 'rules takes no "slow"; no502 explain slow tells about one'],
    [['rules', '-f', 'jsn'], '--format cannot be "jsn": it is pretty, json; did you mean "json"?'],
  ])('%j is refused', (argv, message) => {
    expect(() => listRules(parseCall(argv), fakeIo().io, rules)).toThrow(message);
  });
});

describe('no502 explain', () => {
  test('tells all of a rule', () => {
    const world = fakeIo();
    expect(explain(parseCall(['explain', 'dead-port']), world.io, rules)).toBe(0);
    expect(`\n${world.stdout()}`).toBe(`
error[dead-port]: Nobody listens on a port

What it does
  Joins ports.

Why it matters
  It is a 502.

When it is fine
  Elsewhere.

  Or later.

How to fix
  Do much much much much much much much much much much much much much much much much much much much
  much much much much much much much much much much much work.

Example: one digit
  etc/nginx/a: reported
      location / {
    -     proxy_pass http://localhost:3002;
      }
  etc/same: reported
      x
  etc/nginx/a: fine
      location / {
    +     proxy_pass http://localhost:3001;
      }

References
  https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass

https://github.com/no502/no502/blob/main/rules/README.md#dead-port
`);
  });

  test('tells several', () => {
    const world = fakeIo();
    explain(parseCall(['explain', 'slow', 'dead-port']), world.io, rules);
    expect(world.stdout().match(/^(error|info)\[.*$/gm)).toEqual([
      'info[slow]: It may take long',
      'error[dead-port]: Nobody listens on a port',
    ]);
  });

  test.each([
    [['explain'], 'explain needs the id of a rule; no502 rules lists them'],
    [['explain', 'dead-prot'], 'unknown rule "dead-prot"; did you mean "dead-port"?'],
    [['explain', 'dead'], 'unknown rule "dead"; did you mean "dead-port"?'],
    [['explain', 'x'], 'unknown rule "x"; no502 rules lists them'],
  ])('%j is refused', (argv, message) => {
    expect(() => explain(parseCall(argv), fakeIo().io, rules)).toThrow(message);
  });
});
