import { describe, expect, it } from 'vitest';
import type { BuiltImage } from '../../../src/load/compose/built-image.ts';
import { readDockerfile } from '../../../src/load/compose/dockerfile.ts';
import { known } from '../../../src/syntax/compose/given.ts';
import type { Source } from '../../../src/syntax/source.ts';
import { place, plain } from './read.ts';

const from = (text: string): Source => ({
  path: '/p/Dockerfile',
  file: 'Dockerfile',
  text,
  encoding: 'utf8',
});

function read(text: string, args: Readonly<Record<string, string>> = {}, target?: string): BuiltImage {
  const span = { source: from(''), start: 0, end: 0 };
  const built = readDockerfile(from(text), {
    args: new Map(Object.entries(args).map(([name, value]) => [name, known(value, span)])),
    contexts: new Set(['replaced']),
    inherited: (image) =>
      image === 'php:8.3-fpm' ? { environment: { DIR: '/conf' }, workingDirectory: '/www' } : undefined,
    ...(target !== undefined && { target: known(target, span) }),
  });
  if (typeof built === 'string') throw new Error(built);
  return built;
}

function copies({ steps }: BuiltImage): unknown[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'copy') return [];
    const { from: source, target, intoDirectory } = step;
    const shown = source.kind === 'context' ? source.path : source.kind;
    return [`${shown} -> ${plain(target)}${intoDirectory ? '/' : ''}`];
  });
}

describe('a Dockerfile', () => {
  it('knows where its base, copies and words stand', () => {
    const { base, steps, command, user, exposed } = read(
      'FROM  nginx:1.25 AS web\nCOPY a \\\n  b /c/\nUSER app\nEXPOSE 80 443/tcp\nCMD ["nginx"]\n',
    );
    expect(place(base.span)).toBe('Dockerfile:1 nginx:1.25');
    expect(steps.map(({ span }) => place(span))).toEqual([
      'Dockerfile:2 COPY a \\\n  b /c/',
      'Dockerfile:2 COPY a \\\n  b /c/',
    ]);
    expect(command && place(command.span)).toBe('Dockerfile:6 CMD ["nginx"]');
    expect(user && place(user.span)).toBe('Dockerfile:4 app');
    expect(exposed.map(({ span }) => place(span))).toEqual(['Dockerfile:5 80', 'Dockerfile:5 443/tcp']);
  });

  it.each([
    ['COPY a /b', ['/a -> /b']],
    ['COPY ./a/ /b/', ['/a -> /b/']],
    ['COPY . .', ['/ -> /www/']],
    ['COPY a b', ['/a -> /www/b']],
    ['COPY ["a b", "/c d/"]', ['/a b -> /c d/']],
    ['COPY a* /b', ['/a* -> /b']],
    ['COPY ../a /b', ['/a -> /b']],
    ['COPY a $DIR/x', ['/a -> /conf/x']],
    ['COPY a ${NONE}/x', ['/a -> unknown: the base image may set NONE']],
    ['COPY a ${NONE:-/y}/x', ['/a -> unknown: the base image may set NONE']],
    ['COPY --from=other a /b', ['elsewhere -> /b']],
    ['ADD https://example.com/a /b', ['elsewhere -> /b']],
    ['ADD a.tar.gz /b', ['elsewhere -> /b']],
    ['ADD a.conf /b', ['/a.conf -> /b']],
    ['WORKDIR x\nWORKDIR "y z"\nCOPY a .', ['/a -> /www/x/y z/']],
    ['ENV A=/1 B="/2 3"\nCOPY a $A$B', ['/a -> /1/2 3']],
    ['ENV A /one two\nCOPY a "$A"', ['/a -> /one two']],
    ["ENV A='$x' B=\\$y\nCOPY a /$A/$B", ['/a -> /$x/$y']],
    ['ARG A\nCOPY a /x$A', ['/a -> /x']],
    ['ARG A=1\nENV A=2\nCOPY a /$A', ['/a -> /2']],
    ['COPY a', []],
  ])('%s', (lines, expected) => {
    expect(copies(read(`FROM php:8.3-fpm\n${lines}\n`))).toEqual(expected);
  });

  it('takes arguments from outside before its own', () => {
    const text = 'ARG V=1\nARG W\nFROM a:$V-$W\nARG V\nARG X=x$V\nCOPY a /$V/$X\n';
    expect(plain(read(text).base)).toBe('a:1-');
    expect(plain(read(text, { V: '2', W: 'w' }).base)).toBe('a:2-w');
    expect(copies(read(text, { V: '2' }))).toEqual(['/a -> /2/x2']);
  });

  it('has defaults where nothing is declared before its first stage', () => {
    expect(plain(read('FROM ${BASE:-nginx}\n').base)).toBe('nginx');
    expect(plain(read('FROM $BASE\n').base)).toBe('unknown: no file defines the variable BASE');
  });

  it('is built up to a stage, by name or by number', () => {
    const text = 'FROM a AS One\nCOPY 1 /\nFROM b\nCOPY 2 /\nFROM one AS three\nCOPY 3 /\n';
    expect(copies(read(text))).toEqual(['/1 -> //', '/3 -> //']);
    expect(plain(read(text).base)).toBe('a');
    expect(copies(read(text, {}, 'one'))).toEqual(['/1 -> //']);
    expect(copies(read(text, {}, '1'))).toEqual(['/2 -> //']);
    expect(() => read(text, {}, 'none')).toThrow('no such target');
  });

  it('may have its base replaced', () => {
    expect(plain(read('FROM replaced\n').base)).toBe(
      'unknown: additional_contexts puts something else in its place',
    );
  });

  it('has no command of its base under an entrypoint of its own', () => {
    const built = read('FROM a AS x\nCMD ["one"]\nFROM x\nENTRYPOINT two three\n');
    expect(built.command).toBeUndefined();
    expect(built.entrypoint?.kind === 'known' && built.entrypoint.value.map(plain)).toEqual([
      '/bin/sh',
      '-c',
      'two three',
    ]);
  });

  it('without a base makes nothing', () => {
    expect(() => read('# nothing\nRUN x\n')).toThrow('no such target');
    expect(plain(read('FROM\n').base)).toBe('unknown: FROM names no image');
  });
});
