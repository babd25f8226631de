import type * as Acorn from 'acorn';
import type { Literal } from '../literal.ts';
import type { Source } from '../source.ts';
import { evaluator } from './evaluate.ts';

/** In UTF-16 units. Whoever writes more than this by hand does not write literals. */
const LONGEST = 1024 * 1024;

/**
 * What a JavaScript file exports, as far as its literals show it: `module.exports = …`, `module.exports.apps = …`,
 * `export default …`. It is parsed and looked at, and nothing of it is run. A JSON file is one expression. `undefined`
 * where it cannot be parsed, or exports nothing.
 */
export async function readExports(source: Source): Promise<Literal | undefined> {
  if (source.text.length > LONGEST) return undefined;
  const acorn = await import('acorn');
  try {
    if (source.path.endsWith('.json')) {
      const expression = acorn.parseExpressionAt(source.text, 0, { ecmaVersion: 'latest' });
      return evaluator(source, []).value(expression);
    }
    const program = parse(acorn, source.text);
    return program && exportsOf(program, source);
  } catch (error) {
    // A text of nothing but brackets exhausts the stack.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function parse(acorn: typeof Acorn, text: string): Acorn.Program | undefined {
  const options = { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: true } as const;
  for (const sourceType of ['module', 'script'] as const) {
    try {
      return acorn.parse(text, { ...options, sourceType });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function exportsOf({ body }: Acorn.Program, source: Source): Literal | undefined {
  const { value } = evaluator(source, body);
  let whole: Literal | undefined;
  const parts = new Map<string, Literal>();
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      const isCode = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
      whole = isCode ? undefined : value(declaration);
    }
    if (statement.type !== 'ExpressionStatement') continue;
    const { expression } = statement;
    if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') continue;
    const target = source.text.slice(expression.left.start, expression.left.end).replace(/\s/g, '');
    const part = /^(?:module\.)?exports\.(\w+)$/.exec(target)?.[1];
    if (target === 'module.exports' || target === 'exports=module.exports') whole = value(expression.right);
    else if (part !== undefined) parts.set(part, value(expression.right));
  }
  if (whole || parts.size === 0) return whole;
  const span = { source, start: 0, end: source.text.length };
  return { kind: 'map', entries: parts, isWhole: true, span };
}
