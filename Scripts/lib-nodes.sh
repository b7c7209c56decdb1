# shellcheck shell=bash
# The nodes of a local cluster as files and processes.
#
# A cluster's folder holds `base-port`, `endpoints` (a URL for each current member), `ca.pem`, `operator.token`, and for each
# node `nI/` with `pid`, `log` and `data/`. Node nI has HTTP on base + 10 I and its peer port on base + 10 I + 1.

source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# A node with a million users is ready in seconds; this is for a machine that is busy with something else.
ready_seconds=60
# A node finishes what it has accepted, then ends; after this long it is killed.
stop_seconds=30

check_node_name() {
    [[ $1 =~ ^n[1-9][0-9]{0,2}$ ]] || wrong_usage "a node's name is n1, n2, ...; not '$1'"
}

check_cluster_dir() {
    [[ -f $1/base-port ]] || fail "no cluster in $1 (Scripts/cluster-up makes one)"
}

# A base port that N nodes fit above.
check_base_port() {
    [[ $1 =~ ^[1-9][0-9]{3,4}$ && $(($1 + 10 * $2 + 1)) -le 65535 ]] || wrong_usage "'$1' is not a base port for $2 nodes"
}

http_port() { echo $(($(<"$1/base-port") + 10 * ${2#n})); }
peer_port() { echo $(($(http_port "$1" "$2") + 1)); }
url_of() { echo "https://127.0.0.1:$(http_port "$1" "$2")"; }

# Every node that has a data folder here, member or not.
nodes_of() {
    local node
    for node in "$1"/n[0-9]*/data/; do
        [[ -d $node ]] && basename "$(dirname "$node")"
    done | sort -V
}

# The nodes that `endpoints` names.
members_of() {
    local base endpoint
    base=$(<"$1/base-port")
    while read -r endpoint; do echo "n$(((${endpoint##*:} - base) / 10))"; done <"$1/endpoints"
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
    # 0A: listening. Connections that have just ended linger and keep nobody from listening again.
    awk -v port="$hex" 'FNR > 1 && $2 ~ port && (FILENAME !~ /tcp/ || $4 == "0A") { found = 1 } END { exit !found }' \
        /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 2>/dev/null
}

check_ports() {
    local port
    for port in "$(http_port "$1" "$2")" "$(peer_port "$1" "$2")"; do
        ! port_in_use "$port" || fail "port $port of $2 is in use; stop what uses it, or make a cluster with another --base-port"
    done
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

# Starts a node detached from this terminal, with this environment: launch_node DIR NAME [OPTION ...].
# Whether it got ready is wait_ready's to say.
launch_node() {
    local dir=$1 name=$2
    shift 2
    # The folder is a node's from here on, whatever becomes of the process.
    (umask 077 && mkdir -p "$dir/$name/data")
    setsid "$binary" start --name "$name" --data "$dir/$name/data" \
        --http "127.0.0.1:$(http_port "$dir" "$name")" --peer "127.0.0.1:$(peer_port "$dir" "$name")" "$@" \
        >>"$dir/$name/log" 2>&1 </dev/null &
    echo $! >"$dir/$name/pid"
}

# Asks a path that is open to anyone; succeeds on 200.
node_answers() {
    [[ -f $1/$2/data/certs/ca.pem ]] \
        && curl --silent --fail --max-time 2 --cacert "$1/$2/data/certs/ca.pem" --output /dev/null "$(url_of "$1" "$2")$3"
}

node_is_ready() { node_answers "$1" "$2" /readyz; }

# Fails when the node's process has ended, and shows its last words.
check_running() {
    ! node_pid "$1" "$2" >/dev/null || return 0
    tail -n 5 "$1/$2/log" >&2
    fail "node $2 ended; its log is $1/$2/log"
}

wait_ready() {
    local dir=$1 name=$2 deadline=$((SECONDS + ready_seconds))
    # Between the fork and the exec the process is still this shell.
    sleep 0.1
    until node_is_ready "$dir" "$name"; do
        check_running "$dir" "$name"
        ((SECONDS < deadline)) || fail "node $name is not ready after $ready_seconds s; its log is $dir/$name/log"
        sleep 0.1
    done
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

# Stops one node, or all at once: stop_nodes DIR [NAME].
stop_nodes() {
    local node pid pids=()
    for node in ${2:-$(nodes_of "$1")}; do
        if pid=$(node_pid "$1" "$node"); then
            pids+=("$pid")
            # All hear it before any is waited for: the last ones would else look for a majority that has gone.
            kill -CONT "$pid" 2>/dev/null || true
            kill -TERM "$pid" 2>/dev/null || true
        fi
    done
    for pid in "${pids[@]}"; do stop_process "$pid"; done
    for node in ${2:-$(nodes_of "$1")}; do rm -f "$1/$node/pid"; done
}
