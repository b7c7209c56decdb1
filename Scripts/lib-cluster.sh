# shellcheck shell=bash
# What a local cluster is asked and told, through its operator's commands.

source "$(dirname "${BASH_SOURCE[0]}")/lib-nodes.sh"

# Nodes with a few thousand users are balanced in seconds; this is for much data and a busy machine.
settle_seconds=600

# Runs an operator's command against the members that `endpoints` names.
operate() {
    local dir=$1 endpoint urls=()
    shift
    while read -r endpoint; do urls+=(--url "$endpoint"); done <"$dir/endpoints"
    "$binary" "$@" "${urls[@]}" --ca "$dir/ca.pem" --token-file "$dir/operator.token"
}

# What clients and operators need of a cluster, beside its nodes' folders: made from the founding node's own.
publish_cluster() {
    cp "$1/n1/data/certs/ca.pem" "$1/ca.pem"
    (umask 077 && cp "$1/n1/data/operator.token" "$1/operator.token")
    url_of "$1" n1 >"$1/endpoints"
}

# Readers of `endpoints` see the old list or the new one.
write_endpoints() {
    local dir=$1 node
    shift
    for node in "$@"; do url_of "$dir" "$node"; done >"$dir/endpoints.new"
    mv "$dir/endpoints.new" "$dir/endpoints"
}

add_endpoint() {
    local members
    mapfile -t members < <({ members_of "$1"; echo "$2"; } | sort -Vu)
    write_endpoints "$1" "${members[@]}"
}

drop_endpoint() {
    local members
    mapfile -t members < <(members_of "$1" | grep -vx "$2")
    write_endpoints "$1" "${members[@]}"
}

# What the cluster says of itself, as one line of JSON.
cluster_view() { operate "$1" node list --json; }

# Whether a view has a member of that name, and in that state if one is said: has_member VIEW NAME [STATE].
has_member() { grep -qE "\"name\":\"$2\"[^}]*\"state\":\"${3:-[a-z]*}\"" <<<"$1"; }

# Makes a token for so many nodes, in a file that only its owner reads: new_token DIR USES. Sets `token_file`.
new_token() {
    token_file=$1/join.token
    (umask 077 && operate "$1" join-token create --uses "$2" --expires 1h >"$token_file.new")
    mv "$token_file.new" "$token_file"
}

# Starts a new node that asks every member to let it in.
launch_newcomer() {
    local dir=$1 name=$2 member join=()
    for member in $(members_of "$dir"); do join+=(--join "127.0.0.1:$(peer_port "$dir" "$member")"); done
    launch_node "$dir" "$name" "${join[@]}" --join-token-file "$token_file"
}

# Whether every shard is led and where it should be, nobody is on the way in, and these members are in: is_settled VIEW NAME ...
is_settled() {
    local view=$1 name
    shift
    [[ $view == *'"balanced":true'* && $view == *'"healthy":true'* && $view != *'"state":"joining"'* ]] || return 1
    for name in "$@"; do has_member "$view" "$name" active || return 1; done
}

# Waits until the cluster is settled with these members: wait_settled DIR NAME ... On a terminal it shows what the cluster
# says of itself as that changes.
wait_settled() {
    local dir=$1 deadline=$((SECONDS + settle_seconds)) view line last=
    shift
    while true; do
        if view=$(cluster_view "$dir" 2>/dev/null) && is_settled "$view" "$@"; then break; fi
        if [[ -t 2 ]]; then
            line=$(operate "$dir" node list 2>&1 | tail -n 2 | tr '\n' ' ')
            [[ $line == "$last" ]] || printf '\r%-100.100s' "$line" >&2
            last=$line
        fi
        if ((SECONDS >= deadline)); then
            operate "$dir" node list >&2 || true
            fail "the cluster is not settled after $settle_seconds s; the logs are $dir/n*/log"
        fi
        sleep 0.5
    done
    [[ ! -t 2 || -z $last ]] || printf '\r%100s\r' '' >&2
}

# Founds a cluster of N nodes: n1 first, the others together with a token that n1 made. A line for each step.
bring_up() {
    local dir=$1 nodes=$2 number members
    launch_node "$dir" n1
    wait_ready "$dir" n1
    publish_cluster "$dir"
    say "n1 has founded a cluster: $(url_of "$dir" n1)"
    ((nodes > 1)) || return 0
    new_token "$dir" $((nodes - 1))
    for ((number = 2; number <= nodes; number++)); do launch_newcomer "$dir" "n$number"; done
    for ((number = 2; number <= nodes; number++)); do
        wait_ready "$dir" "n$number"
        add_endpoint "$dir" "n$number"
        say "n$number has joined: $(url_of "$dir" "n$number")"
    done
    rm -f "$token_file"
    mapfile -t members < <(members_of "$dir")
    wait_settled "$dir" "${members[@]}"
    say "$nodes nodes, healthy and balanced"
}
