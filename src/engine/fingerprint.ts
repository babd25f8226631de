import { positionAt, type Span } from '../syntax/source.ts';
import type { Finding } from './finding.ts';

// A line may be as long as a file. What stands behind this many characters tells no findings apart that the rest does not.
const mostText = 2000;
const digits = 32;

/**
 * What each finding is known by from run to run, in the order of the findings: 32 hexadecimal digits from its rule,
 * its file, the text of its lines with all white space alike, and how many findings before it have all that in common.
 * Lines that move, indentation and line endings change nothing; two runs never disagree. The text itself is not in it,
 * as it may hold secrets.
 *
 * `fileOf` names the file of a finding; absent, as the report does.
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  fileOf: (finding: Finding) => string = ({ at }) => at.source.file,
): readonly string[] {
  // Asked for here, because loading it takes longer than most runs have for everything: few need a fingerprint.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = JSON.stringify([finding.rule, fileOf(finding), textOf(finding.at)]);
    const occurrence = (seen.get(key) ?? 0) + 1;
    seen.set(key, occurrence);
    return createHash('sha256').update(`${key}${occurrence}`).digest('hex').slice(0, digits);
  });
}

/** The text of the lines that a span touches. */
function textOf({ source, start, end }: Span): string {
  const from = start - positionAt(source, start).column + 1;
  const text = source.text.slice(from, from + mostText);
  const lineEnd = text.indexOf('\n', Math.max(start, end - 1) - from);
  return (lineEnd === -1 ? text : text.slice(0, lineEnd)).replace(/\s+/g, ' ').trim();
}
