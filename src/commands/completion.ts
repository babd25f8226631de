import type { Rule } from '../engine/rule.ts';
import type { Io } from '../io.ts';
import { UsageError } from '../load/usage-error.ts';
import type { Call } from './call.ts';
import { completionShells } from './descriptions/completion.ts';
import { commandDescriptions } from './descriptions.ts';
import type { CommandDescription, Option } from './option.ts';
import { oneOf } from './settings.ts';

/**
 * `no502 completion bash|zsh`: prints the script that completes commands, options, their values, and ids of rules.
 *
 * @throws UsageError for another shell, or none.
 */
export function completion(call: Call, { stdout }: Io, rules: readonly Rule[]): number {
  const [shell, more] = call.words;
  if (shell === undefined) throw new UsageError(`completion needs a shell: ${completionShells.join(', ')}`);
  if (more !== undefined) throw new UsageError(`completion takes no "${more}"`);
  const script = bashScript(rules.map(({ id }) => id));
  stdout.write(oneOf('the shell', shell, completionShells) === 'zsh' ? zshPrelude + script : script);
  return 0;
}

/** zsh reads completions of bash through this: https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
const zshPrelude = 'autoload -Uz compinit bashcompinit && compinit && bashcompinit\n\n';

/** Written for bash 3.2 as well, which macOS has. Where it offers nothing, the shell offers files. */
function bashScript(ruleIds: readonly string[]): string {
  const names = commandDescriptions.map(({ name }) => name);
  return `# Completion of no502. For the shell that runs: eval "$(no502 completion bash)"
_no502() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=check at word words=
  # bash takes the = of --format=json for a word.
  if [[ $cur == "=" ]]; then
    cur=
  elif [[ $prev == "=" ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  COMPREPLY=()
  case "$command $prev" in
${commandDescriptions.flatMap(valueCases).join('\n')}
    *" --rule") words="${ruleIds.map((id) => `${id}=`).join(' ')}" ;;
${commandDescriptions.flatMap(freeCases).join('\n')}
    *)
      case "$command $cur" in
${commandDescriptions.map(optionCase).join('\n')}
        "explain "*) words="${ruleIds.join(' ')}" ;;
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

function optionsOf({ groups }: CommandDescription): readonly Option[] {
  return groups.flatMap(({ options }) => options);
}

function namesOf({ name, alias }: Option): readonly string[] {
  return [`--${name}`, ...(alias === undefined ? [] : [`-${alias}`])];
}

/** Options with values that are known. */
function valueCases(command: CommandDescription): readonly string[] {
  return optionsOf(command).flatMap((option) =>
    option.values ? [`    ${patterns(command, option)}) words="${option.values.join(' ')}" ;;`] : [],
  );
}

/** Options with any other value: files come by themselves. */
function freeCases(command: CommandDescription): readonly string[] {
  const free = optionsOf(command).filter(
    ({ name, takes, values }) => takes !== undefined && !values && name !== 'rule',
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
