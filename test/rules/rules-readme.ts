import type { Prediction } from '../../src/engine/finding.ts';
import type { Example, Rule, Tree } from '../../src/engine/rule.ts';
import { classify } from '../../src/load/classify.ts';
import { causes } from './causes.ts';

/** What each rule predicted for its own bad examples, by id. */
export type Predictions = ReadonlyMap<string, readonly Prediction[]>;

/** The text of rules/README.md, made of the rules and of what they predict for their own examples. */
export function rulesReadme(rules: readonly Rule[], predictions: Predictions): string {
  return [
    '# Rules',
    '',
    'Written from the files of this folder by `npm run update`. `no502 explain <id>` prints a section in a terminal, and',
    '`no502 explain "<a line of your log>"` names the rules that predict it.',
    '',
    'By what the visitor sees: ' +
      groups.map(({ title }) => `[${title}](#${anchor(title)})`).join(', ') +
      `. For compose projects: [${containers}](#${anchor(containers)}). By number: [all causes](#all-causes).`,
    '',
    '## Log lines',
    '',
    'What the servers write, without time, level and client. Search this table for the line in your log.',
    '',
    '| log line | rules |',
    '|---|---|',
    ...logTable(rules, predictions),
    '',
    ...groups.flatMap((group) => groupSection(group, rules, predictions)),
    ...ruleTable(
      containers,
      'What is right on one machine, and wrong between containers.',
      rules.filter(isOfContainers),
    ),
    ...causeTable(rules),
    ...rules.flatMap(section),
  ].join('\n');
}

interface Group {
  readonly title: string;
  readonly says: string;
  holds(predictions: readonly Prediction[]): boolean;
}

const some =
  (test: (prediction: Prediction) => boolean) =>
  (predictions: readonly Prediction[]): boolean =>
    predictions.some(test);

const groups: readonly Group[] = [
  {
    title: 'nginx will not start',
    says: 'A reload keeps the old configuration; the next restart or reboot takes every site down.',
    holds: some(({ status }) => status === null),
  },
  {
    title: 'php-fpm will not start',
    says: 'Every site of that PHP version answers 502. A reload ends the running master as well.',
    holds: some(({ status, refusesToStart }) => status !== null && refusesToStart === true),
  },
  { title: '502 Bad Gateway', says: 'nginx runs, and nobody answers it.', holds: runs(502) },
  { title: '503 Service Unavailable', says: 'nginx itself turns the visitor away.', holds: runs(503) },
  { title: '504 Gateway Time-out', says: 'Somebody is there and does not answer in time.', holds: runs(504) },
  {
    title: 'Other answers',
    says: 'The same mistakes, met as another status.',
    holds: some(({ status }) => status !== null && ![502, 503, 504].includes(status)),
  },
  {
    title: 'Worth knowing',
    says: 'Nothing fails by it alone.',
    holds: (predictions) => predictions.length === 0,
  },
];

const containers = 'Between containers';

function runs(status: number): Group['holds'] {
  return some((prediction) => prediction.status === status && !prediction.refusesToStart);
}

function groupSection(group: Group, rules: readonly Rule[], predictions: Predictions): readonly string[] {
  const members = rules.filter(({ id }) => group.holds(predictions.get(id) ?? []));
  return ruleTable(group.title, group.says, members);
}

/** True for a rule that only a compose project can break. */
function isOfContainers({ examples }: Rule): boolean {
  return examples.every(({ bad }) => Object.keys(bad).some(isCompose));
}

function isCompose(path: string): boolean {
  return /(?:^|\/)compose\.yaml$/.test(path);
}

function ruleTable(title: string, says: string, members: readonly Rule[]): readonly string[] {
  if (members.length === 0) return [];
  return [
    `## ${title}`,
    '',
    says,
    '',
    '| rule | severity | what is wrong |',
    '|---|---|---|',
    ...members.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`),
    '',
  ];
}

/** One row a log line, its own names and places left open so that equal causes share a row. */
function logTable(rules: readonly Rule[], predictions: Predictions): readonly string[] {
  const rulesOf = new Map<string, Set<string>>();
  for (const { id } of rules) {
    for (const { log } of predictions.get(id) ?? []) {
      const line = withoutNames(log);
      rulesOf.set(line, (rulesOf.get(line) ?? new Set()).add(id));
    }
  }
  return [...rulesOf]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([line, ids]) => `| ${code(line)} | ${[...ids].map((id) => `[${id}](#${id})`).join(', ')} |`);
}

function withoutNames(log: string): string {
  return log
    .replace(/ in \/etc\/\S+:\d+$/, ' in …')
    .replace(/^\[\/etc\/[^\]]+\] /, '[…] ')
    .replace(/^\[pool [^\]]+\] /, '[pool …] ')
    .replace(/unix:\/\S*/g, 'unix:…')
    .replace(/\/(?:etc|run|var|srv|home|usr)\/[^\s'"):;,]*/g, '…');
}

function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replaceAll('|', '\\|')}${fence}`;
}

function causeTable(rules: readonly Rule[]): readonly string[] {
  const ids = new Set(rules.map(({ id }) => id));
  return [
    '## All causes',
    '',
    'The causes of gateway errors that are known to happen, by how often they do, each with its rule or the reason why it has none.',
    '',
    '| # | cause | rule |',
    '|---|---|---|',
    ...causes.map(({ number, name, rule = name, without }) => {
      const covered = ids.has(rule) ? `[${rule}](#${rule})` : (without ?? '');
      if (covered === '') throw new Error(`the cause ${name} has neither a rule nor a reason`);
      if (ids.has(rule) && without !== undefined)
        throw new Error(`the cause ${name} has a rule and a reason to have none`);
      return `| ${number} | ${name} | ${covered} |`;
    }),
    '',
  ];
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
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
      return [`\`\`\`${languageOf(path, text)}`, `# ${path}`, ...text.trimEnd().split('\n'), '```', ''];
    });
}

/** How the text of a file is coloured. */
function languageOf(path: string, text: string): string {
  if (isCompose(path)) return 'yaml';
  return path.includes('/nginx/') || classify(path, text).startsWith('nginx') ? 'nginx' : 'ini';
}
