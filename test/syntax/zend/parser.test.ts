import { describe, expect, it } from 'vitest';
import { phpConstant } from '../../../src/syntax/zend/constants.ts';
import { parseIni } from '../../../src/syntax/zend/parser.ts';
import { known, type Names } from '../../../src/syntax/zend/value.ts';

const names: Names = {
  constant: (name) => phpConstant(name, '8.2'),
  variable: (name) => {
    if (name === 'SET') return known('set');
    return name === 'SECRET' ? { kind: 'unknown', why: 'not told', text: '${SECRET}' } : undefined;
  },
};

function parse(text: string, fallbacks = false) {
  return [...parseIni({ text, start: 0, end: text.length, appendNewline: true, fallbacks }, names)];
}

/** The value of `a = ...`, or the syntax error. */
function meaningOf(written: string, fallbacks = false): string | undefined {
  const [statement] = parse(`a = ${written}`, fallbacks).slice(-1);
  if (statement?.kind === 'error') return statement.message;
  return statement?.kind === 'entry' ? statement.value?.value.text : undefined;
}

describe('values', () => {
  it.each([
    ['plain text', 'plain text'],
    ['trailing blanks  \t', 'trailing blanks'],
    ['before;after', 'before'],
    ['before # after', 'before # after'],
    ['"quoted ; text"', 'quoted ; text'],
    ["'single ; text'", 'single ; text'],
    ['"a\\"b\\\\c\\$d\\e"', 'a"b\\c$d\\e'],
    ['"C:\\dir\\"', 'C:\\dir\\'],
    ['a"b"\'c\'', 'abc'],
    ['on', '1'],
    ['No ; really', ''],
    ['null', ''],
    ['online', 'online'],
    ['E_ALL & ~E_NOTICE', '32759'],
    ['6|1', '7'],
    ['6 ^ 3', '5'],
    ['!0', '1'],
    ['(1|2)&3', '3'],
    ['a & b', '0'],
    ['99999999999', '99999999999'],
    ['99999999999|0', '1215752191'],
    ['$HOME and $', '$HOME and $\n'],
    ['${SET}/x', 'set/x'],
    ["'${SET}'", '${SET}'],
    ['"${UNSET}x"', 'x'],
    ['[a]{b}?<c>', '[a]{b}?<c>'],
    ['', ''],
  ])('%j means %j', (written, value) => {
    expect(meaningOf(written)).toBe(value);
  });

  it('takes what stands behind an open single quote for nothing', () => {
    expect(meaningOf("it 's")).toBe('it ');
  });

  it('keeps a value unknown that depends on something unknown', () => {
    const [statement] = parse('a = "x${SECRET}y" & 5');
    expect(statement?.kind === 'entry' && statement.value?.value).toEqual({
      kind: 'unknown',
      why: 'not told',
      text: 'x${SECRET}y&5',
    });
  });

  it('knows defaults of variables only where PHP does', () => {
    expect(meaningOf('${UNSET:-b c}', true)).toBe('b c');
    expect(meaningOf('${UNSET:-"${SET}/x"}', true)).toBe('set/x');
    expect(meaningOf('${UNSET:-}', true)).toBe('');
    expect(meaningOf('${SET:-b}', true)).toBe('set');
    expect(meaningOf('"${UNSET:-b}"', true)).toBe('b');
    expect(meaningOf('${UNSET:-b}', false)).toBe('');
    expect(meaningOf('${UNSET', true)).toBe(
      "syntax error, unexpected end of file, expecting TC_FALLBACK or '}'",
    );
  });
});

describe('errors', () => {
  it.each([
    ['a = b(c', "syntax error, unexpected '('", '('],
    ['a = b=c', "syntax error, unexpected '='", '='],
    [
      'a = "b',
      `syntax error, unexpected end of file, expecting TC_DOLLAR_CURLY or TC_QUOTED_STRING or '"'`,
      '"b',
    ],
    ['a = (b', "syntax error, unexpected END_OF_LINE, expecting '^' or '|' or '&' or ')'", '(b'],
    ['a = ${', 'syntax error, unexpected end of file, expecting TC_VARNAME', '${'],
    ['a = is true', 'syntax error, unexpected BOOL_TRUE', 'true'],
    ['[a;b]', "syntax error, unexpected end of file, expecting ']'", '[a;b]'],
    ['a[b', "syntax error, unexpected end of file, expecting ']'", 'a[b'],
    ['a[b] c', "syntax error, unexpected TC_LABEL, expecting '='", ' c'],
    ['{% if %}', "syntax error, unexpected '{'", '{'],
    ['on = a', 'syntax error, unexpected BOOL_TRUE', 'on '],
  ])('%j', (text, message, place) => {
    const error = parse(text).at(-1);
    expect(error).toMatchObject({ kind: 'error', message });
    expect(error?.kind === 'error' && text.slice(error.start, error.end)).toBe(place);
  });

  it('reports what stands before the error on the same line', () => {
    expect(parse('a = b (c)').map(({ kind }) => kind)).toEqual(['entry', 'error']);
  });
});

describe('depth', () => {
  // php8.2: parse_ini_string takes 9993 parentheses and 9994 prefixes, and no more.
  it.each([
    ['prefixes', '~'.repeat(9994), '~'.repeat(9995)],
    ['parentheses', `${'('.repeat(9000)}`, `${'('.repeat(9995)}`],
  ])('%s are read as far as the stack of PHP goes', (_, taken, refused) => {
    const closed = (open: string): string => `a = ${open}1${')'.repeat(open.split('(').length - 1)}`;
    expect(parse(closed(taken)).map(({ kind }) => kind)).toEqual(['entry']);
    expect(parse(closed(refused))).toMatchObject([{ kind: 'error', message: 'memory exhausted' }]);
  });

  it('has nothing to do with how many there are one after the other', () => {
    expect(parse(`a = 1${'|(~1)'.repeat(20_000)}`).map(({ kind }) => kind)).toEqual(['entry']);
  });

  it('of fallbacks is followed so far, and then a value is unknown', () => {
    const nested = (depth: number): string => `a = ${'${A:-'.repeat(depth)}1${'}'.repeat(depth)}\nb = 2`;
    const read = (text: string) =>
      parse(text, true).map((each) => each.kind === 'entry' && each.value?.value);
    expect(read(nested(400))).toEqual([known('1'), known('2')]);
    expect(read(nested(50_000))).toMatchObject([{ kind: 'unknown' }, known('2')]);
  });
});

describe('statements', () => {
  it('finds several on one line', () => {
    expect(parse('[a] b = c\rd[e] = f\rg').map(({ kind }) => kind)).toEqual([
      'section',
      'entry',
      'element',
      'entry',
    ]);
  });

  it('resolves constants in keys of arrays but not in sections', () => {
    const [section, element] = parse('[LC_ALL]\na[LC_ALL] = b');
    expect(section?.kind === 'section' && section.name.value.text).toBe('LC_ALL');
    expect(element?.kind === 'element' && element.offset.value.text).toBe('6');
  });

  it('knows places', () => {
    const text = '  key [ x ]  =  "v" ; c';
    const [element] = parse(text);
    if (element?.kind !== 'element') throw new Error('no element');
    const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect([at(element.key), at(element.offset), at(element.value)]).toEqual(['key', 'x', '"v"']);
  });
});

describe('constants', () => {
  it('follow the version', () => {
    expect(phpConstant('E_ALL', '8.3')).toEqual(known('32767'));
    expect(phpConstant('E_ALL', '8.4')).toEqual(known('30719'));
    expect(phpConstant('E_ALL', undefined)?.kind).toBe('unknown');
    expect(phpConstant('PHP_VERSION', '8.2.36')).toEqual(known('8.2.36'));
    expect(phpConstant('PHP_VERSION', '8.2')?.kind).toBe('unknown');
    expect(phpConstant('TRUE', undefined)).toEqual(known('1'));
    expect(phpConstant('e_all', '8.2')).toBeUndefined();
  });
});
