import { describe, expect, it } from 'vitest';
import { type ParsedDockerfile, parseDockerfile } from '../../../src/syntax/dockerfile/parse.ts';
import { positionAt, type Span } from '../../../src/syntax/source.ts';

function parse(text: string): ParsedDockerfile {
  return parseDockerfile({ path: '/app/Dockerfile', file: 'Dockerfile', text, encoding: 'utf8' });
}

function shown(text: string): string[] {
  return parse(text).instructions.map(({ keyword, rest, flags }) =>
    [keyword, ...[...flags].map(([name, value]) => `--${name}=${value}`), rest].join('|'),
  );
}

function place({ source, start, end }: Span): string {
  return `${positionAt(source, start).line}: ${source.text.slice(start, end)}`;
}

describe('a Dockerfile', () => {
  it('is instructions, one a line, comments and empty lines left out', () => {
    const text = '# a comment\nFROM nginx:1.25\n\n  # another\n  copy a b\nRUN echo "# none"\r\nCMD nginx';
    expect(shown(text)).toEqual(['FROM|nginx:1.25', 'COPY|a b', 'RUN|echo "# none"', 'CMD|nginx']);
  });

  it('continues lines, over comments and empty ones', () => {
    const text = 'RUN apt-get update \\\n    # why\n\n && apt-get install \\  \n    nginx\nEXPOSE 80\n';
    expect(shown(text)).toEqual(['RUN|apt-get update  && apt-get install     nginx', 'EXPOSE|80']);
  });

  it('may continue lines with a backtick', () => {
    expect(shown('# escape=`\nFROM nginx\nRUN a `\n b\nCOPY c:\\ d\n')).toEqual([
      'FROM|nginx',
      'RUN|a  b',
      'COPY|c:\\ d',
    ]);
    expect(shown('# syntax=docker/dockerfile:1\n# escape=`\nRUN a `\nb')).toEqual(['RUN|a b']);
    expect(shown('# no directive\n# escape=`\nRUN a `\nRUN b')).toEqual(['RUN|a `', 'RUN|b']);
  });

  it('has flags before the words', () => {
    const text =
      'FROM --platform=linux/amd64 php AS app\nCOPY --from=build --chown=1:1 --link /a --b /c\nRUN --mount=type=cache,target=/x make';
    expect(shown(text)).toEqual([
      'FROM|--platform=linux/amd64|php AS app',
      'COPY|--from=build|--chown=1:1|--link=|/a --b /c',
      'RUN|--mount=type=cache,target=/x|make',
    ]);
  });

  it('has lists in JSON', () => {
    const [cmd, copy, shell] = parse(
      'CMD ["nginx", "-g", "daemon off;"]\nCOPY ["a b", "/c"]\nCMD [nginx]',
    ).instructions;
    expect(cmd?.list).toEqual(['nginx', '-g', 'daemon off;']);
    expect(copy?.list).toEqual(['a b', '/c']);
    expect(shell?.list).toBeUndefined();
  });

  it('has here-documents', () => {
    const text = `COPY <<site.conf <<-"OTHER" /etc/
server { listen $PORT; }
site.conf
\t\tliteral $PORT
\tOTHER
RUN <<EOF
echo 1
EOF
EXPOSE 80
`;
    const { instructions } = parse(text);
    expect(instructions.map(({ keyword }) => keyword)).toEqual(['COPY', 'RUN', 'EXPOSE']);
    expect(instructions[0]?.heredocs.map((each) => [each.name, each.text, each.isExpanded])).toEqual([
      ['site.conf', 'server { listen $PORT; }\n', true],
      ['OTHER', 'literal $PORT\n', false],
    ]);
    expect(instructions[0]?.heredocs.map(({ span }) => place(span))).toEqual([
      '2: server { listen $PORT; }\n',
      '4: \t\tliteral $PORT\n',
    ]);
  });

  it('knows where its instructions stand', () => {
    const text = 'FROM nginx\n  COPY a \\\n    b\nUSER 101\n';
    expect(parse(text).instructions.map(({ span }) => place(span))).toEqual([
      '1: FROM nginx',
      '2: COPY a \\\n    b',
      '4: USER 101',
    ]);
  });

  it('is read whatever it holds', () => {
    for (const text of [
      '',
      '\\',
      '\\\n',
      'FROM',
      '<<',
      'RUN <<EOF',
      'COPY --',
      '#',
      '[',
      'CMD [',
      '\u0000',
    ]) {
      expect(() => parse(text)).not.toThrow();
    }
  });
});
