import { readFileSync } from 'node:fs';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { checkstyle } from '../../src/report/checkstyle.ts';
import { junit } from '../../src/report/junit.ts';
import { xmlDocument } from '../../src/report/xml.ts';
import { hostileReport, hostileTexts, plain, report, run } from './samples.ts';

/** What libxml2's xmllint has against documents: well-formed, and valid by one of the schemas beside this file. */
async function problemsOf(texts: readonly string[], schema: string): Promise<readonly unknown[]> {
  const { errors } = await validateXML({
    xml: texts.map((contents, index) => ({ fileName: `${index}.xml`, contents })),
    schema: readFileSync(new URL(schema, import.meta.url), 'utf8'),
  });
  return errors;
}

function elementsOf(xml: string, name: string): readonly Element[] {
  return [...new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagName(name)];
}

function attributesOf(element: Element): Readonly<Record<string, string>> {
  return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));
}

describe('XML', () => {
  test.each(hostileTexts)('keeps what a file holds where it belongs: %j', (text) => {
    const xml = xmlDocument({ name: 'a', attributes: { b: text }, children: [text] });
    const [element] = elementsOf(xml, 'a');
    expect(elementsOf(xml, '*')).toHaveLength(1);
    const shown = text.replaceAll(/[^\n\x20-\x7e]/gu, (character) => {
      const digits = (character.codePointAt(0) ?? 0).toString(16);
      return digits.length > 2 ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`;
    });
    expect(element?.textContent).toBe(shown);
    expect(element?.getAttribute('b')).toBe(shown.replaceAll('\n', '\\x0a'));
  });
});

describe('JUnit', () => {
  test('is valid, whatever a file holds', async () => {
    const reports = [report, { ...report, findings: [] }, ...hostileTexts.map(hostileReport)];
    const texts = reports.map((each) => junit(each, plain, run));
    expect(await problemsOf(texts, './junit.xsd')).toEqual([]);
    expect(await problemsOf([texts[0]?.replace('failure', 'faliure') ?? ''], './junit.xsd')).not.toEqual([]);
  });

  test('has a test for each finding and for each rule that found nothing', () => {
    const xml = junit(report, plain, run);
    const [suite] = elementsOf(xml, 'testsuite');
    expect(suite && attributesOf(suite)).toEqual({
      name: 'no502',
      tests: '5',
      failures: '1',
      errors: '0',
      skipped: '1',
    });
    const cases = elementsOf(xml, 'testcase').map((each) => [
      each.getAttribute('classname'),
      each.getAttribute('name'),
      [...each.children].map(({ tagName }) => tagName).join(),
    ]);
    expect(cases).toEqual([
      [
        'etc/nginx/sites-available/my shop',
        'dead-socket: no pool listens on unix:/run/php8.1.sock',
        'failure',
      ],
      ['etc/nginx/sites-available/my shop', 'slow-script: nginx waits 60 seconds', 'system-out'],
      ['/etc/php/8.2/fpm/pool.d/www.conf', 'slow-script: 100% & more: <a, b>', 'system-out'],
      ['no502', 'memory: Something about memory', 'skipped'],
      ['no502', 'silent: Something about silent', ''],
    ]);
    expect(elementsOf(xml, 'failure')[0]?.textContent).toBe(
      `etc/nginx/sites-available/my shop:2:18: error: no pool listens on unix:/run/php8.1.sock
/etc/php/8.2/fpm/pool.d/www.conf:2:10: PHP 8.2 listens here
then: visitors of shop.example.com get 502 Bad Gateway
log: connect() to unix:/run/php8.1.sock failed (2: No such file or directory)
help: point it at the socket of PHP 8.2
fix: fastcgi_pass unix:/run/php8.2.sock;
https://github.com/no502/no502/blob/main/rules/README.md#dead-socket`,
    );
  });

  test('fails what fails the run', () => {
    const failures = (failOn: typeof run.failOn): number =>
      elementsOf(junit(report, plain, { ...run, failOn }), 'failure').length;
    expect([failures('info'), failures('warning'), failures('error'), failures('never')]).toEqual([
      3, 2, 1, 0,
    ]);
  });

  test('tells two findings of the same words apart', () => {
    const names = elementsOf(junit(hostileReport('x'), plain, run), 'testcase').map((each) =>
      each.getAttribute('name'),
    );
    expect(names.slice(0, 2)).toEqual(['dead-socket: no "x"', 'dead-socket: no "x" (2)']);
  });
});

describe('Checkstyle', () => {
  test('is valid, whatever a file holds', async () => {
    const reports = [report, { ...report, findings: [] }, ...hostileTexts.map(hostileReport)];
    const texts = reports.map((each) => checkstyle(each, plain));
    expect(await problemsOf(texts, './checkstyle.xsd')).toEqual([]);
    expect(
      await problemsOf([texts[0]?.replace('line="2"', 'line="0"') ?? ''], './checkstyle.xsd'),
    ).not.toEqual([]);
  });

  test('groups findings by file', () => {
    const xml = checkstyle(report, plain);
    expect(elementsOf(xml, 'file').map((file) => [file.getAttribute('name'), file.children.length])).toEqual([
      ['etc/nginx/sites-available/my shop', 2],
      ['/etc/php/8.2/fpm/pool.d/www.conf', 1],
    ]);
    expect(elementsOf(xml, 'error').map(attributesOf)[2]).toEqual({
      line: '2',
      column: '1',
      severity: 'info',
      message: '100% & more: <a, b>',
      source: 'no502.slow-script',
    });
  });
});
