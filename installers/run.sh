#!/bin/bash
# Runs Docker Auto on Debian 12, from the source tree to the program in one step.
#
#   installers/run.sh [OPTION…]            the desktop program
#   installers/run.sh --server [OPTION…]   the headless server
#
# Installs what is missing (with sudo unless root), starts a Docker Engine if none answers, builds, and hands
# the options to the program. Run again, it finds all of that done and starts within seconds.
# Environment: DOCKER_HOST names another engine; DOCKER_AUTO_BUILD another folder for builds.
set -u
export LC_ALL=C.UTF-8
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

server=no
only_tells=no
options=()
for option in "$@"; do
    case $option in
        --server) server=yes ;;
        --help | --version) only_tells=yes; options+=("$option") ;;
        *) options+=("$option") ;;
    esac
done

# shellcheck disable=SC1091
system=$(. /etc/os-release 2>/dev/null && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-}")
[ "$system" = "debian 12" ] ||
    fail "This command prepares Debian 12; this system is \"$system\". Install the counterparts of installers/packages.txt, then: cmake --preset release && cmake --build --preset release"

if [ "$server$only_tells" = nono ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
    fail "There is no display here for the desktop program. Run the headless server instead: installers/run.sh --server"
fi

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "This step needs root, and there is no sudo: $*"
        return 1
    fi
}

# Whether an engine answers at DOCKER_HOST or at the socket that is the default.
engine_answers() {
    command -v docker >/dev/null && timeout 10 docker version >/dev/null 2>&1
}

# The socket is there, but only the group docker may use it.
engine_refuses() {
    [ -S /var/run/docker.sock ] && [ ! -w /var/run/docker.sock ]
}

start_engine() {
    if [ -d /run/systemd/system ]; then
        say "Starting the Docker service."
        as_root systemctl start docker
        return
    fi
    say "Starting the Docker service; no systemd runs here."
    if as_root service docker start >/dev/null 2>&1 && wait_for_engine 10; then
        return 0
    fi
    local log=/var/log/docker-auto-dockerd.log
    say "Starting dockerd by itself; it writes to $log."
    # The redirection must be root's as well. nohup and setsid let it outlive this terminal.
    as_root sh -c 'nohup setsid /usr/sbin/dockerd </dev/null >>"$1" 2>&1 &' sh "$log"
}

wait_for_engine() {
    local tries=$(($1 * 5))
    until engine_answers; do
        engine_refuses && return 1
        tries=$((tries - 1))
        [ $tries -gt 0 ] || return 1
        sleep 0.2
    done
}

provide_engine() {
    engine_answers && return 0
    if [ -n "${DOCKER_HOST:-}" ]; then
        say "Nothing answers at DOCKER_HOST=$DOCKER_HOST. Docker Auto starts anyway and keeps trying."
        return 0
    fi
    if ! command -v dockerd >/dev/null && [ ! -x /usr/sbin/dockerd ]; then
        "$root/installers/packages.sh" engine || return 1
    fi
    engine_answers || engine_refuses || start_engine
    wait_for_engine 30 && return 0
    if engine_refuses; then
        say "You may not use /var/run/docker.sock. Add yourself to its group and log in again: sudo usermod -aG docker $(id -un)"
    else
        say "Nothing answers on /var/run/docker.sock. Is the Docker service running? Docker Auto starts anyway and keeps trying."
    fi
}

build_folder() {
    local folder=${DOCKER_AUTO_BUILD:-$root/build}
    if ! mkdir -p "$folder" 2>/dev/null || [ ! -w "$folder" ]; then
        folder=${XDG_CACHE_HOME:-$HOME/.cache}/docker-auto/build
        mkdir -p "$folder" || return 1
    fi
    printf '%s\n' "$folder"
}

build() {
    local preset=$1 folder=$2 target=$3 log=$2/$1.log
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    if [ ! -e "$folder/$preset/build.ninja" ]; then
        say "Building for the first time; this takes some minutes. Progress: $log"
        (cd "$root" && cmake --preset "$preset" -B "$folder/$preset") >"$log" 2>&1 || {
            tail -n 20 "$log" >&2
            fail "CMake could not prepare the build. The whole story is in $log."
        }
    fi
    cmake --build "$folder/$preset" --target "$target" --parallel "$(nproc)" >"$log" 2>&1 || {
        tail -n 20 "$log" >&2
        fail "The build failed. The whole story is in $log."
    }
}

groups=(build)
[ "$server" = yes ] || groups+=(desktop)
"$root/installers/packages.sh" "${groups[@]}" || exit 1
[ "$only_tells" = yes ] || provide_engine || exit 1
folder=$(build_folder) || fail "There is no folder to build in. Name one: DOCKER_AUTO_BUILD=/path installers/run.sh"
if [ "$server" = yes ]; then
    # The same sources without any GUI library, so that a server needs none.
    preset=server program=docker-auto-server
    [ ! -x "$folder/release/bin/docker-auto-server" ] || preset=release
else
    preset=release program=docker-auto
fi
build "$preset" "$folder" "$program"
say "Starting $program."
exec "$folder/$preset/bin/$program" "${options[@]}"
