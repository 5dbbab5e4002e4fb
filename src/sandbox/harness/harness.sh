# Runs the program and, where its last command succeeded, passes the nonce from descriptor 3 to descriptor 4. `exit` in
# the program never comes back here. The descriptors move out of the way, since Bash programs number theirs from 3;
# $0 is the program's path, since programs compare it with BASH_SOURCE; no `||` stands behind `source`, since that
# would switch off the program's `set -e`.
exec {nonce}<&3 {verdict}>&4 3<&- 4>&-
BASH_ARGV0=/cell/program.sh
source /cell/program.sh
case $? in
0) /usr/bin/dd bs=4096 count=1 <&"$nonce" >&"$verdict" 2>/dev/null ;;
*) builtin exit ;;
esac
