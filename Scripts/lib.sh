# shellcheck shell=bash
# What every script of this folder shares: how it speaks, and the build. lib-nodes.sh adds the nodes of a local cluster as
# files and processes, lib-cluster.sh what such a cluster says and does.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # the scripts' own
default_dir=.cluster
# Debian and Ubuntu: GRDB links the system's SQLite, the HTTP server its zlib; the scripts ask nodes with curl.
needed_packages=(libsqlite3-dev zlib1g-dev curl)

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

# Installs what something is better with, where that is allowed, and does without where it is not.
install_wanted() {
    local needed_packages=("$@")
    [[ $(id -u) -ne 0 ]] || (install_missing) || say "cannot install ${needed_packages[*]}: going on without"
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

# A whole number out of a JSON object, by its name; the objects asked here have each name once.
number_in() {
    local value
    value=$(tr -d ' \n\t' <<<"$2" | grep -o "\"$1\":[0-9]*" | head -n 1)
    echo "${value##*:}"
}

# How the tests are told apart: Scripts/test and Scripts/sanitize run each kind for itself.
#
# Suites that compute for a minute without a pause: beside them, on a pool as wide as the machine, whatever waits for an answer
# over the network would wait for them.
# shellcheck disable=SC2034  # the scripts' own
long_computations='^(ConsensusTests|MembershipTests|HashRingTests|ClusterSimulationTests)\.'
# Suites that start real nodes, or go by the time that really passes: one after the other and beside nothing else, or they take
# the machine from each other.
# shellcheck disable=SC2034  # the scripts' own
real_processes='^(ChaosTests|ClusterTests\.RealNodes|NodeTests\.SlowSenderTests)'
