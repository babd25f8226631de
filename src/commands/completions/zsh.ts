import type { Rule } from '../../engine/rule.ts';
import { ruleLevels } from '../../engine/severity.ts';
import { completionShells } from '../descriptions/completion.ts';
import { commandDescriptions } from '../descriptions.ts';
import type { CommandDescription, Option } from '../option.ts';
import { namesOf, optionsOf, valueKindOf } from './options.ts';

/**
 * For `eval` in .zshrc, and as a file `_no502` in fpath.
 * https://zsh.sourceforge.io/Doc/Release/Completion-System.html#Completion-Functions
 */
export function zshCompletion(rules: readonly Rule[]): string {
  const names = commandDescriptions.map(({ name }) => name);
  const titled = rules.map(({ id, title }) => quoted(`${id}:${title}`));
  return `#compdef no502
# Completion of no502. For the shell that runs: eval "$(no502 completion zsh)"

_no502_rules() {
  local -a rules=(
    ${titled.join('\n    ')}
  )
  _describe -t rules rule rules "$@"
}

_no502_level() {
  if compset -P '*='; then
    compadd -- ${ruleLevels.join(' ')}
  else
    _no502_rules -S =
  fi
}

_no502_command() {
  local -a commands=(
    ${commandDescriptions.map(({ name, title }) => quoted(`${name}:${title}`)).join('\n    ')}
  )
  _describe -t commands command commands
  _files
}

_no502() {
  local command=check word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case $word in
      ${names.join('|')}) command=$word; break ;;
    esac
  done
  case $command in
${commandDescriptions.map(commandCase).join('\n')}
  esac
}

if [[ \${funcstack[1]-} == _no502 ]]; then
  _no502 "$@"
else
  (( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
  compdef _no502 no502
fi
`;
}

function commandCase(command: CommandDescription): string {
  const specs = [...optionsOf(command).map(optionSpec), ...positionalSpecs(command)];
  return `    ${command.name})\n      _arguments -s ${specs.join(' \\\n        ')}\n      ;;`;
}

/** What \`_arguments\` takes: '(-f --format)'{-f+,--format=}'[Format]:FORMAT:(pretty json)'. */
function optionSpec(option: Option): string {
  const { repeatable = false, takes, description, alias } = option;
  const behind = `[${description.replace(/[\\[\]:]/g, '\\$&')}]${takes === undefined ? '' : `:${takes.replace(/:/g, '\\:')}:${actionOf(option)}`}`;
  const [long = '', short = ''] = namesOf(option).map((name) =>
    takes === undefined ? name : name.startsWith('--') ? `${name}=` : `${name}+`,
  );
  if (alias === undefined) return quoted(`${repeatable ? '*' : ''}${long}${behind}`);
  return `${quoted(`(${namesOf(option).join(' ')})`)}{${short},${long}}${quoted(behind)}`;
}

function actionOf(option: Option): string {
  switch (valueKindOf(option)) {
    case 'words':
      return `(${(option.values ?? []).join(' ')})`;
    case 'level':
      return '_no502_level';
    case 'directory':
      return '_directories';
    case 'file':
      return '_files';
    default:
      return ' ';
  }
}

function positionalSpecs({ name }: CommandDescription): readonly string[] {
  switch (name) {
    case 'check':
      return ["'1: :_no502_command'", "'*:path:_files'"];
    case 'explain':
      return ["'1: : '", "'*: :_no502_rules'"];
    case 'completion':
      return ["'1: : '", quoted(`2:shell:(${completionShells.join(' ')})`)];
    default:
      return ["'1: : '"];
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
