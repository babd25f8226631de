import { readFileSync } from 'node:fs';

/** One way a directive may be written: the contexts it stands in and how many arguments it takes there. */
export interface FactForm {
  /** `main`, `http/server`, `stream/upstream`, `any` ...; empty for the children of a module's own block. */
  readonly contexts: readonly string[];
  /** `flag`, `block`, `expr` or a count: `1`, `1-2`, `1,3`, `2+`. */
  readonly arguments: readonly string[];
}

/** The facts by source (`nginx`, `nginx-1.26`, `nginx-1.24`, `lua`, ...) and directive. */
export type Facts = Readonly<Record<string, Readonly<Record<string, readonly FactForm[]>>>>;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new Error('a list of strings was expected');
  return value.map(String);
}

/** Reads the table of contexts and arities that nginx-go-crossplane derives from nginx's own command tables. */
export function readFacts(file: string): Facts {
  const root: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isRecord(root) || !isRecord(root['directives'])) throw new Error(`${file}: no "directives" in it`);
  const facts: Record<string, Record<string, readonly FactForm[]>> = {};
  for (const [sourceName, table] of Object.entries(root['directives'])) {
    if (!isRecord(table)) throw new Error(`${file}: ${sourceName} is not a table`);
    const forms: Record<string, readonly FactForm[]> = {};
    for (const [name, list] of Object.entries(table)) {
      if (!Array.isArray(list)) throw new Error(`${file}: ${sourceName} ${name} is not a list`);
      forms[name] = list.map((form: unknown) => {
        if (!isRecord(form)) throw new Error(`${file}: ${sourceName} ${name} holds no form`);
        return { contexts: strings(form['contexts']), arguments: strings(form['arguments']) };
      });
    }
    facts[sourceName] = forms;
  }
  return facts;
}
