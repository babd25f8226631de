/** The text of rules/index.ts for the rules of these ids. */
export function rulesIndex(ids: readonly string[]): string {
  const name = (id: string): string => id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return [
    '// Written by test/rules/rules.test.ts from the files of this folder: npm run update.',
    "import type { Rule } from '../src/engine/rule.ts';",
    ...ids.map((id) => `import ${name(id)} from './${id}.ts';`),
    '',
    '/** Every rule, in the order of their ids. */',
    'export const rules: readonly Rule[] = [',
    ...ids.map((id) => `  ${name(id)},`),
    '];',
    '',
  ].join('\n');
}
