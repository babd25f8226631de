# zsh -f zsh-offers.zsh SCRIPT LINE: what the completion in the file SCRIPT offers behind LINE, one a line. A second zsh
# runs on a terminal of its own, gets the line and a tab, and writes down all that compadd is given.
zmodload zsh/zpty
offered=$(mktemp)
zpty shell zsh -f -i
send() { zpty -w shell "$1" }
send 'PROMPT='
send "autoload -Uz compinit && compinit -D -u && source ${(q)1}"
send "compadd() {
  local -a found
  builtin compadd -A found \"\$@\"
  (( \$#found )) && print -rl -- \$found >> $offered
  builtin compadd \"\$@\"
}"
send "ended() { print -r -- . >> $offered }; comppostfuncs=(ended)"
send 'LISTMAX=1000; bindkey "^I" complete-word'
zpty -w -n shell "$2"$'\t'
for ((turn = 0; turn < 500; turn++)) {
  [[ $(tail -n 1 $offered) == . ]] && break
  zpty -r -t shell >/dev/null || sleep 0.02
}
zpty -d shell
[[ $turn -lt 500 ]] || print -r -- 'nothing was completed'
sed '$d' $offered
rm $offered
