import type { Severity } from '../engine/finding.ts';
import type { Rule } from '../engine/rule.ts';
import { ruleUrl } from './rule-url.ts';

/** SARIF's words for severities. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317648 */
export const sarifLevels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

// GitHub's own words. https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning#reportingdescriptor-object
const githubSeverities = {
  error: 'error',
  warning: 'warning',
  info: 'recommendation',
} as const satisfies Record<Severity, string>;

/** A rule as a `reportingDescriptor`, with its whole documentation. */
export function sarifRule({ id, title, severity, docs, references }: Rule): object {
  const sections = [
    ['What it does', docs.what],
    ['Why it matters', docs.why],
    ['When it is fine', docs.fine],
    ['How to fix', docs.fix],
  ] as const;
  const text = sections.map(([heading, body]) => `${heading}: ${withoutMarkup(body)}`);
  const markdown = sections.map(([heading, body]) => `**${heading}.** ${body}`);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: withoutMarkup(docs.what), markdown: docs.what },
    help: {
      text: [...text, ['References:', ...references].join('\n')].join('\n\n'),
      markdown: [...markdown, references.map((url) => `- <${url}>`).join('\n')].join('\n\n'),
    },
    helpUri: ruleUrl(id),
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: {
      tags: ['nginx', 'php-fpm', 'reliability'],
      precision: severity === 'error' ? 'very-high' : 'high',
      'problem.severity': githubSeverities[severity],
    },
  };
}

function withoutMarkup(markdown: string): string {
  return markdown.replaceAll('`', '');
}
