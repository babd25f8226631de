import type { Example, Rule, Tree } from '../../src/engine/rule.ts';

/** The text of rules/README.md: one section a rule, from the rules alone. */
export function rulesReadme(rules: readonly Rule[]): string {
  return [
    '# Rules',
    '',
    'Written from the files of this folder by `npm run update`. `no502 explain <id>` prints the same in a terminal.',
    '',
    '| rule | severity | what is wrong |',
    '|---|---|---|',
    ...rules.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`),
    '',
    ...rules.flatMap(section),
  ].join('\n');
}

function section({ id, title, severity, docs, references, examples }: Rule): readonly string[] {
  return [
    `## ${id}`,
    '',
    `${title}. Severity: ${severity}.`,
    '',
    `**What it does.** ${docs.what}`,
    '',
    `**Why it matters.** ${docs.why}`,
    '',
    `**When it is fine.** ${docs.fine}`,
    '',
    `**How to fix.** ${docs.fix}`,
    '',
    ...examples.flatMap(exampleText),
    'References:',
    '',
    ...references.map((reference) => `- <${reference}>`),
    '',
  ];
}

function exampleText({ name, bad, good }: Example): readonly string[] {
  return [
    `Example: ${name}. Reported:`,
    '',
    ...treeText(bad, good),
    'Not reported:',
    '',
    ...treeText(good, bad),
  ];
}

/** Only the files that make the difference are shown. */
function treeText(tree: Tree, other: Tree): readonly string[] {
  return Object.entries(tree)
    .filter(([path, text]) => other[path] !== text)
    .flatMap(([path, text]) => {
      const language = path.includes('/nginx/') ? 'nginx' : 'ini';
      return [`\`\`\`${language}`, `# ${path}`, ...text.trimEnd().split('\n'), '```', ''];
    });
}
