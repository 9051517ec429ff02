#!/usr/bin/env bash
# From an empty clone to the first page, then the second start, then the memory of web and worker.
# bench/first_page.sh [REPOSITORY]; PORT chooses the port (8765). Prints one line per figure; ends 1 when a goal is missed.
set -euo pipefail

repository="${1:-$(cd "$(dirname "$0")/.." && pwd)}"
port="${PORT:-8765}"
folder="$(mktemp -d)"
server=""

stop() {
    [ -n "$server" ] || return 0
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=""
}
trap 'stop; rm -rf "$folder"' EXIT

unset DATABASE_URL ZHUANBAN_WORKSPACE PYTHONPATH VIRTUAL_ENV

# Serves the clone and prints the seconds until the sign-in page answers.
start() {
    local begun now
    begun="$(date +%s.%N)"
    # A process group of its own would hide it from kill; make passes SIGTERM on to the supervisor.
    make -s -C "$folder/clone" run PORT="$port" >"$folder/log" 2>&1 &
    server=$!
    until curl -fs -o /dev/null --max-time 5 "http://127.0.0.1:$port/sign-in/"; do
        kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; echo "make run ended before the first page" >&2; exit 1; }
        now="$(date +%s.%N)"
        awk -v a="$begun" -v b="$now" 'BEGIN { exit b - a < 600 }' && { cat "$folder/log" >&2; exit 1; }
        sleep 0.2
    done
    now="$(date +%s.%N)"
    seconds="$(awk -v a="$begun" -v b="$now" 'BEGIN { printf "%.1f", b - a }')"
}

# The memory of the processes below make, in MB: the share of each page that is each process's own (Pss).
memory() {
    local layer="$server" all="" next
    while [ -n "$layer" ]; do
        next=""
        for pid in $layer; do next="$next $(pgrep -P "$pid" | tr '\n' ' ')"; done
        layer="$(echo $next)"
        all="$all $layer"
    done
    for pid in $all; do cat "/proc/$pid/smaps_rollup" 2>/dev/null || true; done |
        awk '/^Pss:/ { kb += $2 } END { printf "%d", kb / 1024 }'
}

missed=0
goal() {
    local verdict=met
    awk -v got="$2" -v most="$3" 'BEGIN { exit !(got > most) }' && { verdict=MISSED; missed=1; }
    echo "$1: $2 $4 (goal: at most $3 $4, $verdict)"
}

git clone -q "$repository" "$folder/clone"
start
goal "empty clone to first page" "$seconds" 90 s
for _ in $(seq 20); do curl -fs -o /dev/null "http://127.0.0.1:$port/sign-in/"; done
goal "web, worker and supervisor" "$(memory)" 500 MB
stop
start
goal "second start to first page" "$seconds" 5 s
exit "$missed"
