import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DOMParser } from '@xmldom/xmldom';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { must } from './target.ts';

/** What steers a terminal or hides what is written: C0 but for tab and line feed, C1, directions, invisible signs. */
const steering = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

let sarifSchema: ValidateFunction | undefined;

function isSarif(value: unknown): boolean {
  if (!sarifSchema) {
    const path = createRequire(import.meta.url)
      .resolve('@microsoft/jest-sarif')
      .replace(/index\.js$/, 'schemas/sarif-2.1.0-rtm.5.json');
    const { $schema: _draft4, id: _id, ...schema } = JSON.parse(readFileSync(path, 'utf8'));
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    addFormats.default(ajv);
    sarifSchema = ajv.compile(schema);
  }
  return sarifSchema(value);
}

/** Checks that a report can be printed and read by the programs that it is for. */
export function mustBeReport(format: string | undefined, text: string, isComplete: boolean): void {
  const found = steering.exec(text);
  must(
    !found,
    `a report holds U+${found?.[0].codePointAt(0)?.toString(16)} in ${JSON.stringify(text.slice(Math.max(0, (found?.index ?? 0) - 40), (found?.index ?? 0) + 20))}`,
  );
  if (!isComplete) return;
  switch (format) {
    case 'json':
    case 'gitlab':
      JSON.parse(text);
      break;
    case 'sarif':
      must(isSarif(JSON.parse(text)), 'it is no SARIF');
      break;
    case 'junit':
    case 'checkstyle':
      mustBeXml(text);
      break;
    case 'github':
      for (const line of text.split('\n'))
        must(/^(?:::(?:error|warning|notice) file=|no502: |$)/.test(line), `a line of its own: ${line}`);
      break;
    default:
  }
}

function mustBeXml(text: string): void {
  const onError = (level: string, message: string): void => must(level === 'warning', `no XML: ${message}`);
  new DOMParser({ onError }).parseFromString(text, 'text/xml');
}
