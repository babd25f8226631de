import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.ts';
import { fileUri } from '../../src/report/uri.ts';
import { findingAt, placeOf, reportOf, sourceOf } from './places.ts';
import { hostileReport, hostileTexts, plain, report, run, site } from './samples.ts';

/** The official schema, as Microsoft's own test library for SARIF ships it. */
const schemaPath = createRequire(import.meta.url)
  .resolve('@microsoft/jest-sarif')
  .replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
const { $schema: _draft4, id: _id, ...schema } = JSON.parse(readFileSync(schemaPath, 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function problemsOf(text: string): readonly unknown[] {
  return validate(JSON.parse(text)) ? [] : (validate.errors ?? []);
}

describe('SARIF', () => {
  test('is valid by the official schema', () => {
    expect(problemsOf(sarif(report, plain, run))).toEqual([]);
    expect(problemsOf(sarif(reportOf([]), plain, { rules: [], failOn: 'never' }))).toEqual([]);
  });

  test('that is not valid is noticed', () => {
    expect(problemsOf(sarif(report, plain, run).replace('"uri":', '"url":'))).not.toEqual([]);
    expect(problemsOf(sarif(report, plain, run).replace('"startLine": 2', '"startLine": 0'))).not.toEqual([]);
  });

  test.each(hostileTexts)('is valid whatever a file holds: %j', (text) => {
    const printed = sarif(hostileReport(text), plain, run);
    expect(problemsOf(printed)).toEqual([]);
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u2028]/);
    const [first] = JSON.parse(printed).runs[0].results;
    expect(first.message.text).not.toMatch(/(?<!\\)\]\(/);
  });

  test('says all of a finding', () => {
    const [{ results, tool, columnKind }] = JSON.parse(sarif(report, plain, run)).runs;
    expect(columnKind).toBe('utf16CodeUnits');
    expect(results).toHaveLength(3);
    expect(results[0]).toEqual({
      ruleId: 'dead-socket',
      ruleIndex: 0,
      level: 'error',
      message: {
        text: 'no pool listens on unix:/run/php8.1.sock.\nthen: visitors of shop.example.com get 502 Bad Gateway\nlog: connect() to unix:/run/php8.1.sock failed (2: No such file or directory)\nhelp: point it at the socket of PHP 8.2\nfix: fastcgi_pass unix:/run/php8.2.sock;',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'etc/nginx/sites-available/my%20shop', uriBaseId: '%SRCROOT%' },
            region: { startLine: 2, startColumn: 18, endLine: 2, endColumn: 39 },
          },
        },
      ],
      relatedLocations: [
        {
          id: 0,
          physicalLocation: {
            artifactLocation: { uri: 'file:///etc/php/8.2/fpm/pool.d/www.conf' },
            region: { startLine: 2, startColumn: 10, endLine: 2, endColumn: 26 },
          },
          message: { text: 'PHP 8.2 listens here' },
        },
      ],
      partialFingerprints: { 'no502Finding/v1': expect.stringMatching(/^[0-9a-f]{32}$/) },
      fixes: [
        {
          description: { text: 'fastcgi_pass unix:/run/php8.2.sock;' },
          artifactChanges: [
            {
              artifactLocation: { uri: 'etc/nginx/sites-available/my%20shop', uriBaseId: '%SRCROOT%' },
              replacements: [
                {
                  deletedRegion: { startLine: 2, startColumn: 18, endLine: 2, endColumn: 39 },
                  insertedContent: { text: 'unix:/run/php8.2.sock' },
                },
              ],
            },
          ],
        },
      ],
      properties: {
        status: 502,
        log: 'connect() to unix:/run/php8.1.sock failed (2: No such file or directory)',
      },
    });
    expect(results.map(({ level }: { level: string }) => level)).toEqual(['error', 'warning', 'note']);
    expect(tool.driver.rules[0]).toMatchObject({
      id: 'dead-socket',
      shortDescription: { text: 'Something about dead-socket' },
      help: {
        text: expect.stringContaining('Compares listen with'),
        markdown: expect.stringContaining('`listen`'),
      },
      defaultConfiguration: { level: 'error' },
    });
  });

  test('tells what was not judged', () => {
    const [{ invocations }] = JSON.parse(sarif(report, plain, run)).runs;
    expect(invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: 'note',
            message: { text: 'not checked: memory (give --memory 4G)' },
            associatedRule: { id: 'memory', index: 2 },
          },
          {
            level: 'warning',
            message: { text: 'not read: etc/nginx/big.conf (larger than 10 MB)' },
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'etc/nginx/big.conf', uriBaseId: '%SRCROOT%' },
                },
              },
            ],
          },
        ],
      },
    ]);
  });

  test('gives a file that could not be read no lines', () => {
    const source = sourceOf('gone.conf', '');
    const printed = sarif(reportOf([findingAt({ source, start: 0, end: 0 })]), plain, run);
    expect(problemsOf(printed)).toEqual([]);
    expect(JSON.parse(printed).runs[0].results[0].locations[0].physicalLocation).not.toHaveProperty('region');
  });

  test('groups the edits of a fix by file', () => {
    const edit = { span: placeOf(site, 'server'), text: 'x' };
    const other = { span: placeOf(sourceOf('b.conf', 'y'), 'y'), text: 'z' };
    const fix = { safe: true, title: 'both', edits: [edit, other, edit] };
    const printed = sarif(reportOf([findingAt(placeOf(site, 'server'), { fix })]), plain, run);
    const [{ artifactChanges }] = JSON.parse(printed).runs[0].results[0].fixes;
    expect(
      artifactChanges.map(({ replacements }: { replacements: unknown[] }) => replacements.length),
    ).toEqual([2, 1]);
  });
});

describe('a file as a URI', () => {
  test.each([
    ['etc/nginx/a.conf', 'etc/nginx/a.conf'],
    ['/etc/nginx/a b.conf', 'file:///etc/nginx/a%20b.conf'],
    ['sites/100%/ä#?.conf', 'sites/100%25/%C3%A4%23%3F.conf'],
    ['sites/\udcff.conf', 'sites/%FF.conf'],
    ['a:b/c', './a:b/c'],
    ['😀', '%F0%9F%98%80'],
  ])('%j', (file, uri) => {
    expect(fileUri(file)).toBe(uri);
  });
});
