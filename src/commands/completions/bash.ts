import type { Rule } from '../../engine/rule.ts';
import { ruleLevels } from '../../engine/severity.ts';
import { completionShells } from '../descriptions/completion.ts';
import { commandDescriptions } from '../descriptions.ts';
import type { CommandDescription, Option } from '../option.ts';
import { namesOf, optionsOf, valueKindOf } from './options.ts';

/** Written for bash 3.2 as well, which macOS has. Where it offers nothing, the shell offers files. */
export function bashCompletion(rules: readonly Rule[]): string {
  const names = commandDescriptions.map(({ name }) => name);
  const ids = rules.map(({ id }) => id);
  return `# Completion of no502. For the shell that runs: eval "$(no502 completion bash)"
_no502() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=check at word words= before=
  # bash takes the = of --format=json for a word.
  at=0
  if [[ $cur == "=" ]]; then
    cur= at=$((COMP_CWORD - 1))
  elif [[ $prev == "=" ]]; then
    at=$((COMP_CWORD - 2))
  fi
  if ((at > 0)); then
    prev=\${COMP_WORDS[at]} before=\${COMP_WORDS[at - 1]}
    [[ $before == "=" ]] && before=\${COMP_WORDS[at - 2]}
    [[ $before == --rule ]] && prev=LEVEL
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  COMPREPLY=()
  case "$command $prev" in
${commandDescriptions.flatMap(wordCases).join('\n')}
    *" --rule") words="${ids.map((id) => `${id}=`).join(' ')}" ;;
    *" LEVEL") words="${ruleLevels.join(' ')}" ;;
${commandDescriptions.flatMap(freeCases).join('\n')}
    *)
      case "$command $cur" in
${commandDescriptions.map(optionCase).join('\n')}
        "explain "*) words="${ids.join(' ')}" ;;
        "completion "*) words="${completionShells.join(' ')}" ;;
        "check "*) ((COMP_CWORD == 1)) && words="${names.join(' ')}" ;;
      esac
      ;;
  esac
  # shellcheck disable=SC2207
  [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$cur"))
  # A level comes behind --rule ID=, without a blank.
  [[ \${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o default -F _no502 no502
`;
}

/** Options with values that are known. */
function wordCases(command: CommandDescription): readonly string[] {
  return optionsOf(command).flatMap((option) =>
    option.values ? [`    ${patterns(command, option)}) words="${option.values.join(' ')}" ;;`] : [],
  );
}

/** Options with any other value: files come by themselves. */
function freeCases(command: CommandDescription): readonly string[] {
  const free = optionsOf(command).filter((option) =>
    ['directory', 'file', 'free'].includes(valueKindOf(option) ?? ''),
  );
  return free.length === 0 ? [] : [`    ${free.map((option) => patterns(command, option)).join('|')}) ;;`];
}

function patterns({ name }: CommandDescription, option: Option): string {
  return namesOf(option)
    .map((word) => `"${name} ${word}"`)
    .join('|');
}

function optionCase(command: CommandDescription): string {
  return `        "${command.name} -"*) words="${optionsOf(command).flatMap(namesOf).join(' ')}" ;;`;
}
