# A runtime client by hand: it does over the Runtime API what the test appends to it.
api=/2018-06-01/runtime
connect() { exec 5<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"; }

# call METHOD PATH [BODY]: leaves $status, $id and $body, and prints the status.
call() {
  printf '%s %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "${#3}" "$3" >&5
  read -r _ status _ <&5
  local line length=0
  while read -r line <&5 && line=${line%$'\r'} && [ -n "$line" ]; do
    case ${line,,} in
      content-length:*) length=${line#*: } ;;
      lambda-runtime-aws-request-id:*) id=${line#*: } ;;
    esac
  done
  body=
  [ "$length" -eq 0 ] || read -r -N "$length" body <&5
  echo "$1 ${2##*/} $status"
}
next() { call GET $api/invocation/next; }
respond() { call POST "$api/invocation/$id/response" "$1"; }
fail() { call POST "$api/invocation/$id/error" "$1"; }
connect
