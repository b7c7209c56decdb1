# shellcheck shell=bash
# What the scripts of this folder share: the build, and the nodes of a local cluster as files and processes.
#
# A cluster's folder holds `base-port`, `endpoints`, `ca.pem`, `operator.token`, and for each node `nI/` with `pid`, `log`
# and `data/`. Node nI has HTTP on base + 10 I and its peer port on base + 10 I + 1.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # the scripts' own
default_dir=.cluster
# Debian and Ubuntu: GRDB links the system's SQLite, the HTTP server its zlib; the scripts ask nodes with curl.
needed_packages=(libsqlite3-dev zlib1g-dev curl)
# A node with a million users is ready in seconds; this is for a machine that is busy with something else.
ready_seconds=60
# A node finishes what it has accepted, then ends; after this long it is killed.
stop_seconds=30

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

wrong_usage() {
    printf '%s: %s (try --help)\n' "$(basename "$0")" "$*" >&2
    exit 2
}

say() {
    printf '%s\n' "$*" >&2
}

# The comment block at the top of the calling script is its help.
show_help() {
    sed -n '2,/^$/{/^$/d;s/^# \{0,1\}//;p}' "$0"
    exit 0
}

# Installs the Debian packages that are missing, where that is allowed; else says the command.
install_missing() {
    command -v dpkg-query >/dev/null || return 0
    local missing=() package
    for package in "${needed_packages[@]}"; do
        dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
        fail "missing packages; run: sudo apt-get install -y ${missing[*]}"
    fi
    say "installing ${missing[*]}"
    local options=(-y -q -o DPkg::Lock::Timeout=120)
    if ! DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "${missing[@]}" >/dev/null 2>&1; then
        apt-get update -q >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "${missing[@]}" >/dev/null
    fi
}

# One build serves the program, its benchmarks and its tests. Sets `binary`.
# DMCHECK_BIN=FILE names a program that is built already: then nothing is built.
build() {
    if [[ -z ${DMCHECK_BIN:-} ]]; then
        install_missing
        command -v swift >/dev/null || fail "no swift on the PATH: install Swift 6.3 or later (https://www.swift.org/install/linux)"
        (cd "$root" && swift build -c release --build-tests --explicit-target-dependency-import-check error) >&2 \
            || fail "the build failed"
    fi
    locate_binary
    [[ -x $binary ]] || fail "no program at $binary"
}

# Sets `binary`, and builds only if there is none yet.
find_binary() {
    locate_binary
    [[ -x $binary ]] || build
}

locate_binary() {
    binary=${DMCHECK_BIN:-}
    [[ -n $binary ]] || binary=$(cd "$root" && swift build -c release --show-bin-path)/dmcheck
}

# The value of an option: value_of "$@".
value_of() {
    [[ $# -gt 1 && -n $2 ]] || wrong_usage "$1 needs a value"
    printf '%s' "$2"
}

# A relative folder is the caller's, wherever the script is.
absolute() {
    case $1 in
        /*) printf '%s\n' "$1" ;;
        *) printf '%s/%s\n' "$PWD" "$1" ;;
    esac
}

check_node_name() {
    [[ $1 =~ ^n[1-9][0-9]{0,2}$ ]] || wrong_usage "a node's name is n1, n2, ...; not '$1'"
}

check_cluster_dir() {
    [[ -f $1/base-port ]] || fail "no cluster in $1 (Scripts/cluster-up makes one)"
}

http_port() { echo $(($(<"$1/base-port") + 10 * ${2#n})); }
peer_port() { echo $(($(http_port "$1" "$2") + 1)); }
url_of() { echo "https://127.0.0.1:$(http_port "$1" "$2")"; }

nodes_of() {
    local node
    for node in "$1"/n[0-9]*/; do
        [[ -d $node ]] && basename "$node"
    done | sort -V
}

# The node's process, if it runs: a process of another program that got the same number is not taken for it.
node_pid() {
    local pid
    [[ -f $1/$2/pid ]] || return 1
    pid=$(<"$1/$2/pid")
    [[ $pid =~ ^[0-9]+$ && -r /proc/$pid/cmdline ]] || return 1
    tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF "$1/$2/data" || return 1
    # A zombie has ended.
    [[ $(process_state "$pid") != Z ]] || return 1
    echo "$pid"
}

process_state() {
    sed -n 's/^State:[[:space:]]*\([A-Z]\).*/\1/p' "/proc/$1/status" 2>/dev/null || true
}

port_in_use() {
    local hex
    printf -v hex ':%04X$' "$1"
    awk -v port="$hex" 'FNR > 1 && $2 ~ port { found = 1 } END { exit !found }' \
        /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 2>/dev/null
}

# A base port whose first N nodes' ports are free now, below the range that the system gives to outgoing connections.
free_base_port() {
    local nodes=$1 attempt base node taken
    for ((attempt = 0; attempt < 200; attempt++)); do
        base=$((10000 + 10 * (RANDOM % 2000)))
        taken=
        for ((node = 1; node <= nodes; node++)); do
            if port_in_use $((base + 10 * node)) || port_in_use $((base + 10 * node + 1)); then taken=yes; fi
        done
        [[ -n $taken ]] || { echo "$base"; return; }
    done
    fail "no free ports between 10000 and 30000"
}

# Starts the node detached from this terminal, with this environment; whether it got ready is wait_ready's to say.
launch_node() {
    local dir=$1 name=$2
    mkdir -p "$dir/$name"
    setsid "$binary" start --name "$name" --data "$dir/$name/data" \
        --http "127.0.0.1:$(http_port "$dir" "$name")" --peer "127.0.0.1:$(peer_port "$dir" "$name")" \
        >>"$dir/$name/log" 2>&1 </dev/null &
    echo $! >"$dir/$name/pid"
}

node_is_ready() {
    [[ -f $1/$2/data/certs/ca.pem ]] \
        && curl --silent --fail --max-time 2 --cacert "$1/$2/data/certs/ca.pem" --output /dev/null "$(url_of "$1" "$2")/readyz"
}

wait_ready() {
    local dir=$1 name=$2 deadline=$((SECONDS + ready_seconds))
    # Between the fork and the exec the process is still this shell.
    sleep 0.1
    until node_is_ready "$dir" "$name"; do
        if ! node_pid "$dir" "$name" >/dev/null; then
            tail -n 5 "$dir/$name/log" >&2
            fail "node $name ended; its log is $dir/$name/log"
        fi
        ((SECONDS < deadline)) || fail "node $name is not ready after $ready_seconds s; its log is $dir/$name/log"
        sleep 0.1
    done
}

# What clients and operators need of a cluster, beside its nodes' folders: made from the founding node's own.
publish_cluster() {
    local dir=$1
    cp "$dir/n1/data/certs/ca.pem" "$dir/ca.pem"
    (umask 077 && cp "$dir/n1/data/operator.token" "$dir/operator.token")
    local node
    for node in $(nodes_of "$dir"); do url_of "$dir" "$node"; done >"$dir/endpoints"
}

stop_process() {
    local pid=$1 deadline=$((SECONDS + stop_seconds))
    kill -CONT "$pid" 2>/dev/null || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    while kill -0 "$pid" 2>/dev/null && [[ $(process_state "$pid") != Z ]]; do
        if ((SECONDS >= deadline)); then
            say "process $pid does not end: killing it"
            kill -KILL "$pid" 2>/dev/null || true
            return 0
        fi
        sleep 0.1
    done
}

stop_nodes() {
    local node pid
    for node in $(nodes_of "$1"); do
        if pid=$(node_pid "$1" "$node"); then stop_process "$pid"; fi
        rm -f "$1/$node/pid"
    done
}

# Runs an operator's command against the cluster of a folder.
operate() {
    local dir=$1 endpoint urls=()
    shift
    while read -r endpoint; do urls+=(--url "$endpoint"); done <"$dir/endpoints"
    "$binary" "$@" "${urls[@]}" --ca "$dir/ca.pem" --token-file "$dir/operator.token"
}

# A whole number out of a JSON object, by its name; the objects asked here have each name once.
number_in() {
    local value
    value=$(tr -d ' \n\t' <<<"$2" | grep -o "\"$1\":[0-9]*" | head -n 1)
    echo "${value##*:}"
}
