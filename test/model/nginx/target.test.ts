import { describe, expect, it } from 'vitest';
import { buildBlock } from '../../../src/model/nginx/block.ts';
import { noIncludes } from '../../../src/model/nginx/layout.ts';
import { buildNginx } from '../../../src/model/nginx/nginx.ts';
import { parseNginx } from '../../../src/syntax/nginx/parse.ts';
import { configOf, targets } from './targets.ts';

function targetOf(directive: string, target: string): string | undefined {
  const source = {
    path: '/etc/nginx/nginx.conf',
    file: 'nginx.conf',
    text: configOf(directive, target),
    encoding: 'utf8' as const,
  };
  const main = buildBlock('main', parseNginx(source).directives, noIncludes);
  const [pass] = buildNginx({ complete: true, main, problems: [], missingIncludes: [] }).passes;
  if (pass?.target.kind !== 'address') throw new Error(`expected an address, got ${pass?.target.kind}`);
  return pass.target.parsed.kind === 'invalid' ? pass.target.parsed.message : undefined;
}

describe('the address of a pass', () => {
  it.each(targets.map(([directive, target, refusal]) => ({ directive, target, refusal })))(
    '$directive $target',
    ({ directive, target, refusal }) => {
      expect(targetOf(directive, target)).toBe(refusal);
    },
  );
});
