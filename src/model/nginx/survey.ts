import type { Statement } from '../../syntax/nginx/statement.ts';
import type { Block } from './block.ts';
import { type Layout, statementOf } from './layout.ts';
import { layoutsIn } from './layouts-in.ts';

/** What is asked of the statements of some names in an `http` block, wherever in it they stand. */
interface Question {
  isAbout(name: string): boolean;
  isAnswered(http: Block): boolean;
  /** Gives who is to see the statements. */
  begin(http: Block): See;
}

type See = (statement: Statement) => void;

const questions: Question[] = [];

/**
 * A question to all statements of some names. `begin` gives an answer that has to be filled by `see`, which gets each statement at least
 * once and one that many blocks share not much more often; no directive is made for that. The sites of a large host are far
 * from each other in memory, and to go there takes longer than to look: so the first who asks has all questions answered.
 */
export function surveyed<Answer extends object>(
  isAbout: (name: string) => boolean,
  begin: (http: Block) => { readonly answer: Answer; readonly see: See },
): (http: Block) => Answer {
  const answers = new WeakMap<Block, Answer>();
  questions.push({
    isAbout,
    isAnswered: (http) => answers.has(http),
    begin(http) {
      const { answer, see } = begin(http);
      answers.set(http, answer);
      return see;
    },
  });
  return (http) => {
    const known = answers.get(http);
    if (known) return known;
    survey(
      http,
      questions.filter((each) => !each.isAnswered(http)),
    );
    const found = answers.get(http);
    if (!found) throw new Error('a question that nobody asked');
    return found;
  };
}

/** Whether any statement of these names says such a thing. */
export function saidAnywhere(
  names: readonly string[],
  isMeant: (statement: Statement) => boolean,
): (http: Block) => boolean {
  const ask = surveyed(
    (name) => names.includes(name),
    () => {
      const answer = { isSaid: false };
      const see = (statement: Statement): void => {
        if (!answer.isSaid && isMeant(statement)) answer.isSaid = true;
      };
      return { answer, see };
    },
  );
  return (http) => ask(http).isSaid;
}

function survey(http: Block, asked: readonly Question[]): void {
  const asking = asked.map((question) => ({ question, see: question.begin(http) }));
  for (const [{ names }, layouts] of layoutsIn(http)) {
    const looks = [...names].flatMap(([name, places]) => {
      const see = together(asking.flatMap(({ question, see }) => (question.isAbout(name) ? [see] : [])));
      return see ? places.map((at) => ({ at, see })) : [];
    });
    let before: Layout['items'] = [];
    for (const { items } of looks.length > 0 ? layouts : []) {
      lookAt(items, before, looks);
      before = items;
    }
  }
}

/** One function for all who want to see the same; most names are asked about by one or two. */
function together([first, second, ...others]: readonly See[]): See | undefined {
  if (!first || !second) return first;
  const rest = together([second, ...others]) ?? second;
  return (statement) => {
    first(statement);
    rest(statement);
  };
}

interface Look {
  readonly at: number;
  readonly see: See;
}

function lookAt(items: Layout['items'], before: Layout['items'], looks: readonly Look[]): void {
  for (let index = 0; index < looks.length; index++) {
    const look = looks[index];
    if (!look) continue;
    const item = items[look.at];
    // That of a snippet comes again and again.
    if (item && item !== before[look.at]) look.see(statementOf(item));
  }
}
