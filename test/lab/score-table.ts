import type { FalseError, Mark, ScenarioScore } from './score.ts';

/** The counts of one rule, or of all. */
export interface Row {
  faults: number;
  caught: number;
  status: number;
  log: number;
  risks: number;
  warned: number;
  falseErrors: number;
}

const COLUMNS = ['faults', 'caught', 'status', 'log', 'risks', 'warned', 'false errors'] as const;

/** The score in one table, by rule: Markdown that README can hold as it is. */
export function scoreTable(scores: readonly ScenarioScore[]): string {
  const rows = new Map<string, Row>();
  const total = emptyRow();
  const count = (rule: string, add: (row: Row) => void): void => {
    const row = rows.get(rule) ?? emptyRow();
    rows.set(rule, row);
    add(row);
    add(total);
  };
  for (const { marks, falseErrors } of scores) {
    for (const mark of marks) count(mark.rule, (row) => addMark(row, mark));
    for (const { rule } of falseErrors) count(rule, (row) => row.falseErrors++);
  }
  const body = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, row]) => line(`\`${rule}\``, row));
  const head = `| rule | ${COLUMNS.join(' | ')} |`;
  return [head, `| --- |${' ---: |'.repeat(COLUMNS.length)}`, ...body, line('**all**', total)].join('\n');
}

/** The sums over scenarios. */
export function totals(scores: readonly ScenarioScore[]): Readonly<Row> {
  const total = emptyRow();
  for (const { marks, falseErrors } of scores) {
    for (const mark of marks) addMark(total, mark);
    total.falseErrors += falseErrors.length;
  }
  return total;
}

/** What the linter missed or said wrongly, one line each. */
export function disagreements(scores: readonly ScenarioScore[]): readonly string[] {
  const lines: string[] = [];
  for (const { marks, falseErrors } of scores) {
    for (const mark of marks) {
      const said = missing(mark);
      if (said !== undefined) lines.push(`${mark.scenario}: ${said}`);
    }
    for (const { scenario, rule, message } of falseErrors as readonly FalseError[]) {
      lines.push(`${scenario}: false error ${rule}: ${message}`);
    }
  }
  return lines;
}

function missing({ rule, kind, caught, statusRight, logRight, instead }: Mark): string | undefined {
  if (!caught) return `${kind === 'risk' ? 'no warning' : 'not caught'} (${rule})`;
  if (kind === 'risk') return undefined;
  if (!statusRight) return `wrong status (${rule}): ${instead ?? 'nothing predicted'}`;
  if (!logRight) return `wrong log line (${rule}): ${instead ?? 'nothing predicted'}`;
  return undefined;
}

function emptyRow(): Row {
  return { faults: 0, caught: 0, status: 0, log: 0, risks: 0, warned: 0, falseErrors: 0 };
}

function addMark(row: Row, mark: Mark): void {
  if (mark.kind === 'risk') {
    row.risks++;
    if (mark.caught) row.warned++;
    return;
  }
  row.faults++;
  if (mark.caught) row.caught++;
  if (mark.statusRight) row.status++;
  if (mark.logRight) row.log++;
}

function line(name: string, row: Row): string {
  const cells = [row.faults, row.caught, row.status, row.log, row.risks, row.warned, row.falseErrors];
  return `| ${name} | ${cells.join(' | ')} |`;
}
