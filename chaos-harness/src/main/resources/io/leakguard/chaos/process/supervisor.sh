# Outlives the harness by moments: when its standard input closes, however the harness ended,
# it ends every process group that is still registered, and what left its group but works in the
# scratch folder ($1), and removes that folder.
trap '' INT HUP TERM PIPE
groups=
while read -r verb group; do
  case $verb in
    add) groups="$groups $group" ;;
    drop)
      kept=
      for one in $groups; do [ "$one" = "$group" ] || kept="$kept $one"; done
      groups=$kept
      ;;
    *) kill -s "$verb" -- "-$group" 2>/dev/null ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
for link in $(find /proc -maxdepth 2 -name cwd \( -lname "$1" -o -lname "$1/*" \) 2>/dev/null); do
  process=${link#/proc/}
  kill -s KILL "${process%/cwd}" 2>/dev/null
done
rm -rf -- "$1"
