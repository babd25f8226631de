import { describe, expect, it } from 'vitest';
import { shellCommands } from '../../../src/syntax/shell/commands.ts';

function shown(script: string): string[] {
  return shellCommands(script).map(({ words, outputs }) =>
    [...words, ...outputs.map((output) => `> ${output}`)].join('|'),
  );
}

describe('the commands of a script', () => {
  it.each([
    ['a b && c || d; e & f', ['a|b', 'c', 'd', 'e', 'f']],
    ['a | b > /out 2>&1', ['a', 'b|> /out']],
    ['a 2> /err >> "/out file" < /in', ['a|> /err|> /out file']],
    ['a \\\n  b # comment\nc', ['a|b', 'c']],
    ['echo "a b" \'c;d\' e\\ f', ['echo|a b|c;d|e f']],
    ['cp $DIR/a "${DIR}/b"', ['cp|$DIR/a|${DIR}/b']],
    ['x="$(date; id)" make -j$(nproc)', ['x=$(...)|make|-j$(...)']],
    ['a `b c` d', ['a|$(...)|d']],
    ['{ a; b; } > /out', ['a', 'b', '> /out']],
    ['(cd /x && y)', ['cd|/x', 'y']],
    ['if [ -f /a ]; then b; fi', ['if|[|-f|/a|]', 'then|b', 'fi']],
    ['', []],
    ['"never closed', ['never closed']],
    ['$(never closed', ['$(...)']],
  ])('%j', (script, expected) => {
    expect(shown(script)).toEqual(expected);
  });
});
