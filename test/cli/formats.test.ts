import { fileURLToPath } from 'node:url';
import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { commandDescriptions } from '../../src/commands/descriptions.ts';
import { helpOf } from '../../src/commands/help.ts';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { formatNames } from '../../src/report/formats.ts';
import { fakeIo } from './fake-io.ts';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));

async function lint(host: string, format: string): Promise<{ code: number; text: string }> {
  const { io, stdout } = fakeIo();
  const code = await main(['--root', host, '--format', format], { ...io, fs: disk, cwd: examples });
  return { code, text: stdout() };
}

/** How many findings a report in each format holds, as its readers would count them. */
const counts: Readonly<Record<(typeof formatNames)[number], (text: string) => number>> = {
  pretty: (text) => text.match(/^(error|warning|info)\[/gm)?.length ?? 0,
  compact: (text) => text.split('\n').length - 1,
  json: (text) => JSON.parse(text).findings.length,
  sarif: (text) => JSON.parse(text).runs[0].results.length,
  github: (text) => text.match(/^::(error|warning|notice) /gm)?.length ?? 0,
  gitlab: (text) => JSON.parse(text).length,
  junit: (text) => xmlElements(text, 'failure') + xmlElements(text, 'system-out'),
  checkstyle: (text) => xmlElements(text, 'error'),
  markdown: (text) => text.match(/^### /gm)?.length ?? 0,
};

function xmlElements(text: string, name: string): number {
  return new DOMParser().parseFromString(text, 'text/xml').getElementsByTagName(name).length;
}

describe.each(formatNames)('--format %s', (format) => {
  test('holds the findings of a host, and none of a healthy one', async () => {
    const broken = await lint('locked-sockets', format);
    const expected = JSON.parse((await lint('locked-sockets', 'json')).text).findings.length;
    expect([broken.code, counts[format](broken.text)]).toEqual([1, expected]);
    expect(expected).toBeGreaterThan(1);
    const healthy = await lint('healthy', format);
    expect([healthy.code, counts[format](healthy.text)]).toEqual([0, 0]);
    if (format !== 'compact') expect(broken.text).toMatch(/\n$/);
  });

  test('is in the help', () => {
    expect(helpOf(commandDescriptions[0])).toMatch(new RegExp(`\\b${format}\\b`));
  });
});
