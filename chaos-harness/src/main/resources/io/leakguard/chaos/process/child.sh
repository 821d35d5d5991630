# Says with an empty line that it leads its process group, and starts the program only once the
# harness has registered that group; a harness that died before closes the pipe instead.
# $1 is FRAMED_LOG when descriptor 3 is to carry the runtime's framed log, which takes the place of
# standard error; standard error then joins standard output. With NONE there is no output.
echo
read -r go || exit 1
mode=$1
shift
unset PWD OLDPWD
case $mode in
  FRAMED_LOG) exec "$@" 3>&2 2>&1 ;;
  NONE) exec "$@" >/dev/null 2>&1 ;;
esac
exec "$@"
