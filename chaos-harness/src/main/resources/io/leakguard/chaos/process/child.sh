# Says with an empty line that it leads its process group, and starts the program only once the
# harness has registered that group; a harness that died before closes the pipe instead.
# $1 is "framed" when descriptor 3 is to carry the runtime's framed log, which takes the place of
# standard error; standard error then joins standard output.
echo
read -r go || exit 1
mode=$1
shift
unset PWD OLDPWD
if [ "$mode" = framed ]; then exec "$@" 3>&2 2>&1; fi
exec "$@"
