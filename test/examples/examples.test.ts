import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { disk } from '../../src/load/disk.ts';
import { main } from '../../src/main.ts';
import { fakeIo } from '../cli/fake-io.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const readme = readFileSync(new URL('../../examples/README.md', import.meta.url), 'utf8');
const folder = new URL('../../examples/', import.meta.url);
const isExample = (name: string): boolean =>
  ['etc', 'compose.yaml', 'no502.yaml'].some((entry) => existsSync(new URL(`${name}/${entry}`, folder)));
const hosts = readdirSync(folder).filter(isExample);

/** The command that examples/README.md names for a host, without `node dist/cli.js`. */
function commandOf(host: string): readonly string[] {
  const command = readme
    .split('\n')
    .find((line) => line.startsWith(`| \`${host}\``))
    ?.match(/`node dist\/cli\.js (.*)`/)?.[1];
  if (command === undefined) throw new Error(`examples/README.md has no command for ${host}`);
  return command.split(' ');
}

describe('an example prints what its test has on file', () => {
  it.each(hosts)('%s', async (host) => {
    const world = fakeIo();
    const code = await main(commandOf(host), { ...world.io, fs: disk, cwd: root });
    const printed = `${world.stdout()}${world.stderr()}exit ${code}\n`;
    await expect(printed).toMatchFileSnapshot(`printed/${host}.txt`);
  });

  it('leaves the healthy host alone', async () => {
    const world = fakeIo();
    expect(await main(commandOf('healthy'), { ...world.io, fs: disk, cwd: root })).toBe(0);
  });
});
