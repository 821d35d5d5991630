# Outlives the harness by moments: when its standard input closes, however the harness ended,
# it ends every process group that is still registered and removes the scratch folder ($1).
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
rm -rf -- "$1"
