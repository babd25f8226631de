import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { nginxCheck } from '../../src/syntax/nginx/check.ts';
import { directiveNames, formsOf } from '../../src/syntax/nginx/directives.ts';
import { parseNginx } from '../../src/syntax/nginx/parse.ts';
import type { NginxProblem } from '../../src/syntax/nginx/tree.ts';
import { checkCases } from '../syntax/nginx/check-cases.ts';
import { sourceOf } from '../syntax/nginx/source-of.ts';
import { modulesPath, nginxVersion, openWorkbench, refusalIn, SENTINEL, withoutNginx } from './nginx.ts';

const streamModule = join(modulesPath, 'ngx_stream_module.so');
const hasStream = existsSync(streamModule);
const SAMPLE = 1500;
const SEED = 502;

/** What stands around a directive, its place being the second line. */
const SURROUNDINGS = [
  (text: string) => `\n${text}`,
  (text: string) => `events {\n${text}\n}`,
  (text: string) => `http {\n${text}\n}`,
  (text: string) => `http { server {\n${text}\n} }`,
  (text: string) => `http { server { location /a {\n${text}\n} } }`,
  (text: string) => `http { server { if ($host) {\n${text}\n} } }`,
  (text: string) => `http { server { location /a { if ($host) {\n${text}\n} } } }`,
  (text: string) => `http { server { location /a { limit_except GET {\n${text}\n} } } }`,
  (text: string) => `http { upstream a { server 127.0.0.1;\n${text}\n} }`,
  ...(hasStream
    ? [
        (text: string) => `stream {\n${text}\n}`,
        (text: string) => `stream { server {\n${text}\n} }`,
        (text: string) => `stream { upstream a { server 127.0.0.1:1;\n${text}\n} }`,
      ]
    : []),
];

const ARGUMENTS = [
  'on',
  'off',
  '0',
  '1',
  '8k',
  '2g',
  '30s',
  '500ms',
  '1y',
  '-1',
  'x',
  '$host',
  '/a',
  '"1h 5"',
  '""',
  '80',
];

/** Directives that reach outside when they are read, or end the reading. */
const LEFT_OUT = new Set([
  'load_module',
  'include',
  'user',
  'ssl_engine',
  'events',
  'http',
  'stream',
  'mail',
  'thread_pool',
]);

/** What can be said from the table of directives alone. */
const OF_DIRECTIVES =
  /^unknown directive|^invalid number of arguments|directive is not allowed here$|directive is duplicate$|^directive "|it must be "on" or "off"$/;

/** Names that every nginx in question has: no module that may be missing. */
function ordinaryNames(): readonly string[] {
  return [...directiveNames()].filter((name) => {
    const forms = formsOf(name);
    const present = forms.every((form) => {
      const inStream = form.module.startsWith('ngx_stream_') && !/geoip|_js_/.test(form.module);
      return form.moduleKind === 'built-in' || (form.moduleKind === 'dynamic' && inStream && hasStream);
    });
    return present && !LEFT_OUT.has(name);
  });
}

const statement = fc
  .record({
    name: fc.constantFrom(...ordinaryNames()),
    args: fc.array(fc.constantFrom(...ARGUMENTS), { maxLength: 3 }),
    block: fc.oneof(
      { weight: 9, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    twice: fc.boolean(),
    around: fc.constantFrom(...SURROUNDINGS),
  })
  .map(({ name, args, block, twice, around }) => {
    const words = [name, ...args].join(' ');
    const text = block ? `${words} { }` : `${words};`;
    return around(`${twice ? `${text}\n` : ''}${text}`);
  });

describe.skipIf(nginxVersion === undefined)(
  `the real nginx's judgement of directives (${withoutNginx})`,
  () => {
    const workbench = openWorkbench();
    afterAll(() => workbench.close());

    function ask(text: string): readonly [string, number | undefined] | undefined {
      const load = hasStream ? `load_module ${streamModule};` : '';
      // In an included file lines count from one and errors name that file; nginx wants events, in it or here.
      const file = workbench.write('case.conf', text);
      const refusal = refusalIn(workbench.test(`${load}\ninclude ${file};\n${SENTINEL}\n`));
      return refusal && [refusal.message, refusal.line];
    }

    function judge(text: string): readonly NginxProblem[] {
      const options = {
        included: () => undefined,
        complete: false,
        ...(nginxVersion ? { nginxVersion } : {}),
      };
      return nginxCheck(options)(parseNginx(sourceOf(text)), 'main');
    }

    // The cases name what 1.22 does not know yet.
    it.skipIf(!nginxVersion?.startsWith('1.22.')).each(checkCases)(
      'is the same (nginx 1.22): $text',
      ({ text, says }) => {
        expect(ask(text)).toEqual(says);
      },
    );

    it(`is the same of ${SAMPLE} generated directives`, () => {
      const wrong: string[] = [];
      for (const text of fc.sample(statement, { numRuns: SAMPLE, seed: SEED })) {
        const said = ask(text);
        const problems = judge(text);
        const ours = problems.find((problem) => problem.fatal);
        const [message, line] = said ?? [];
        // nginx may find something else wrong before; it may not let pass what we refuse.
        const accused =
          ours && ours.message !== message && !(line !== undefined && line < (ours.reportedLine ?? 0));
        const known = problems.some(
          (problem) => problem.message === message && problem.reportedLine === line,
        );
        const missed = message !== undefined && OF_DIRECTIVES.test(message) && !known;
        if (accused || missed)
          wrong.push(
            `${text}\n  nginx: ${message} (${line})\n  no502: ${ours?.message} (${ours?.reportedLine})`,
          );
      }
      expect(wrong).toEqual([]);
    });
  },
);
