import { baselineText } from '../../../src/baseline/baseline-text.ts';
import { readBaseline } from '../../../src/baseline/read-baseline.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import type { BaselineEntry } from '../../../src/engine/summary.ts';
import { memoryFileSystem } from '../../../src/load/memory-file-system.ts';
import { UsageError } from '../../../src/load/usage-error.ts';
import { parseYaml, type YamlNode } from '../../../src/syntax/yaml.ts';
import type { Corpus } from '../corpus.ts';
import { pieces } from '../pieces.ts';
import { mustLieIn } from '../places.ts';
import { must, type Target } from '../target.ts';
import { anyText, sourceFrom, withoutLoneSurrogates } from '../texts.ts';

/** A YAML file is a tree or has a problem, and a no502.yaml says what is wrong with it in lines that begin with its name. */
export function yamlSettings({ yaml }: Corpus): Target {
  return {
    name: 'yaml',
    share: 4,
    make: (random) => ({ text: anyText(random, yaml, pieces.yaml, 300) }),
    async check({ text }) {
      const source = sourceFrom(text, '/srv/no502.yaml');
      const { root, problems } = await parseYaml(source);
      for (const { span } of problems) mustLieIn(source, span, 'a problem');
      if (root) mustLie(root, new Set());
      const fs = memoryFileSystem({ '/srv/no502.yaml': source.text });
      await orRefused(readConfig({ fs, cwd: '/srv' }, ['a-rule']), 'no502.yaml');
    },
  };
}

function mustLie(node: YamlNode, seen: Set<YamlNode>): void {
  if (seen.has(node)) return;
  seen.add(node);
  mustLieIn(node.span.source, node.span, node.kind);
  if (node.kind === 'list') for (const item of node.items) mustLie(item, seen);
  if (node.kind === 'map') for (const { value } of node.entries) mustLie(value, seen);
}

/** A baseline is read or refused, and written and read again it is the same. */
export function baselineFile(): Target {
  return {
    name: 'baseline',
    share: 5,
    make: (random) => ({ text: anyText(random, [sample], pieces.json) }),
    async check({ text }) {
      const file = withoutLoneSurrogates(text);
      const first = await orRefused(entriesOf(file), 'base.json');
      if (!first) return;
      const written = baselineText(first);
      must(baselineText(await entriesOf(written)) === written, 'written and read again it is another one');
    },
  };
}

async function entriesOf(text: string): Promise<readonly BaselineEntry[]> {
  const fs = memoryFileSystem({ '/srv/base.json': text });
  const { entries } = await readBaseline({ fs, cwd: '/srv', file: 'base.json', mayBeMissing: false });
  return entries;
}

async function orRefused<Read>(reading: Promise<Read>, file: string): Promise<Read | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    for (const line of error.message.split('\n'))
      must(line.startsWith(file) || error.message.startsWith(file), `it says "${line}"`);
    return undefined;
  }
}

const fingerprint = '0123456789abcdef'.repeat(2);
const sample = baselineText(
  ['error', 'warning'].flatMap((severity, number): readonly BaselineEntry[] =>
    severity === 'error' || severity === 'warning'
      ? [{ rule: 'a-rule', severity, file: `etc/${number}.conf`, message: 'it is "wrong"', fingerprint }]
      : [],
  ),
);
