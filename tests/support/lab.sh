#!/bin/bash
# A private Docker Engine and image registry for tests.
#
#   lab.sh start DIR   starts both with everything they own below DIR and prints DIR/env
#   lab.sh stop DIR    ends them and what they left: containers, shims, mounts, rules, bridge, DIR itself
#
# Several labs and a system engine run side by side: each lab has its own sockets, containerd namespace,
# bridge, address range and cgroup. Needs root, because a Docker Engine does. A DIR left by a run that was
# killed is cleaned by either command. The caller owns the lab: put `lab.sh stop DIR` into its trap on EXIT.
set -u
export LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

say() { printf 'lab: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

usage() { printf 'usage: lab.sh start DIR | lab.sh stop DIR\n' >&2; exit 2; }

[ $# -eq 2 ] || usage
command=$1
case $2 in
    /*) dir=$2 ;;
    *) dir=$PWD/$2 ;;
esac
# Stopping deletes the folder, so it must be one that a lab may own.
case $dir in
    / | /tmp | /var | /home | /root | */.. | */../*) fail "$dir cannot be a lab's folder." ;;
esac

alive() { [ -n "${1:-}" ] && kill -0 "$1" 2>/dev/null; }

# Whether process $1 runs with the text $2 in its command line: a recycled pid is not ours to end.
runs_with() { tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$2"; }

pid_in() { [ -s "$1" ] && tr -cd '0-9' <"$1"; }

# end PID TEXT SECONDS: asks, waits, then kills.
end() {
    local pid=$1 text=$2 tries=$(($3 * 10))
    alive "$pid" && runs_with "$pid" "$text" || return 0
    kill -TERM "$pid" 2>/dev/null
    while alive "$pid" && runs_with "$pid" "$text"; do
        if [ $tries -le 0 ]; then
            say "process $pid did not end in $3 s and is killed"
            kill -KILL "$pid" 2>/dev/null
            sleep 0.2
            return 0
        fi
        tries=$((tries - 1))
        sleep 0.1
    done
}

# Processes of this lab that outlived their parents: containerd, shims, port proxies.
strays() {
    local entry pid
    for entry in /proc/[0-9]*/cmdline; do
        pid=${entry#/proc/}
        pid=${pid%/cmdline}
        [ "$pid" = $$ ] && continue
        if runs_with "$pid" "$dir/exec/" || runs_with "$pid" "$dir/data" ||
            { [ -n "${name:-}" ] && runs_with "$pid" "-namespace $name "; }; then
            # Everything of ours is one of these programs; an editor that shows a file of the lab is not.
            case $(cat "/proc/$pid/comm" 2>/dev/null) in
                dockerd | containerd | containerd-shim* | docker-proxy | runc) printf '%s\n' "$pid" ;;
            esac
        fi
    done
}

unmount_all() {
    local target
    # Deepest first. The kernel writes a space in a path as \040.
    awk '{print $2}' /proc/self/mounts | grep -F -- "$dir/" | sort -r | while read -r target; do
        umount -l "$(printf '%b' "$target")" 2>/dev/null
    done
}

remove_rules() {
    local tool bridge=$1 table rule
    for tool in iptables ip6tables; do
        command -v "$tool" >/dev/null || continue
        for table in nat filter; do
            "$tool" -w 5 -t "$table" -S 2>/dev/null | grep -E -- "(-[io] $bridge( |\$)|$subnet_pattern)" |
                sed 's/^-A/-D/' | while read -r rule; do
                # The rule is our own text from iptables itself; word splitting is wanted.
                # shellcheck disable=SC2086
                "$tool" -w 5 -t "$table" $rule 2>/dev/null
            done
        done
    done
}

remove_network() {
    local number=${name#dalab} link
    [ "$number" != "$name" ] || return 0
    subnet_pattern="10\\.$number\\."
    # Bridges of networks that tests made and left carry an address of this lab's range.
    ip -o -4 addr show 2>/dev/null | awk -v range="^10\\\\.$number\\\\." '$4 ~ range {print $2}' |
        while read -r link; do
            remove_rules "$link"
            ip link delete "$link" 2>/dev/null
        done
    remove_rules "$name"
    ip link delete "$name" 2>/dev/null
    find /sys/fs/cgroup -depth -type d -path "*/$name*" -exec rmdir {} + 2>/dev/null
    return 0
}

stop() {
    [ -d "$dir" ] || return 0
    name=
    [ -s "$dir/name" ] && name=$(tr -cd 'a-z0-9' <"$dir/name")
    local pid containers
    pid=$(pid_in "$dir/dockerd.pid")
    if alive "$pid" && runs_with "$pid" "$dir/"; then
        containers=$(timeout 20 docker -H "unix://$dir/docker.sock" ps -aq 2>/dev/null)
        # shellcheck disable=SC2086
        [ -z "$containers" ] || timeout 60 docker -H "unix://$dir/docker.sock" rm -fv $containers >/dev/null 2>&1
        timeout 30 docker -H "unix://$dir/docker.sock" network prune -f >/dev/null 2>&1
        end "$pid" "$dir/" 30
    fi
    pid=$(pid_in "$dir/registry.pid")
    [ -z "$pid" ] || end "$pid" "$dir/" 5
    for pid in $(strays); do
        kill -KILL "$pid" 2>/dev/null
    done
    # A killed shim leaves its container's processes to the init process; their cgroup still names them.
    if [ -n "$name" ]; then
        find /sys/fs/cgroup -path "*/$name/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -u |
            while read -r pid; do
                kill -KILL "$pid" 2>/dev/null
            done
    fi
    unmount_all
    remove_network
    local tries=20
    while ! rm -rf --one-file-system -- "$dir" 2>/dev/null; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "$dir could not be removed. Is something still mounted there? See /proc/mounts."
        sleep 0.1
        unmount_all
    done
}

# A machine without an init system may not have mounted its control groups.
mount_cgroups() {
    [ -e /sys/fs/cgroup/cgroup.controllers ] && return 0
    [ -d /sys/fs/cgroup/memory ] && return 0
    mountpoint -q /sys/fs/cgroup || mount -t tmpfs -o mode=755 cgroup /sys/fs/cgroup
    local controller
    for controller in $(awk '!/^#/ && $4 == 1 {print $1}' /proc/cgroups); do
        mkdir -p "/sys/fs/cgroup/$controller"
        mountpoint -q "/sys/fs/cgroup/$controller" ||
            mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller"
    done
}

# Making a link is atomic, so two labs that start at once cannot take the same number.
make_bridge() {
    local number
    for number in $(seq 101 199 | shuf); do
        ip route | grep -q "^10\\.$number\\." && continue
        ip link add "dalab$number" type bridge 2>/dev/null || continue
        name=dalab$number
        printf '%s\n' "$name" >"$dir/name"
        ip addr add "10.$number.0.1/24" dev "$name" && ip link set "$name" up && return 0
        return 1
    done
    return 1
}

start_engine() {
    local number=${name#dalab}
    # --bridge with a bridge of our own: docker0 may be another engine's.
    setsid dockerd --data-root "$dir/data" --exec-root "$dir/exec" --pidfile "$dir/dockerd.pid" \
        -H "unix://$dir/docker.sock" --bridge "$name" \
        --default-address-pool "base=10.$number.128.0/17,size=24" \
        --containerd-namespace "$name" --containerd-plugins-namespace "$name-plugins" \
        --cgroup-parent "/$name" --exec-opt native.cgroupdriver=cgroupfs \
        --config-file "$dir/dockerd.json" \
        --shutdown-timeout 5 </dev/null >"$dir/dockerd.log" 2>&1 &
    engine=$!
}

start_registry() {
    cat >"$dir/registry.yml" <<YAML
version: 0.1
log: {level: info, accesslog: {disabled: true}}
storage:
  filesystem: {rootdirectory: $dir/registry}
  delete: {enabled: true}
http: {addr: '127.0.0.1:0'}
YAML
    OTEL_TRACES_EXPORTER=none setsid docker-registry serve "$dir/registry.yml" \
        </dev/null >"$dir/registry.log" 2>&1 &
    registry=$!
    printf '%s\n' "$registry" >"$dir/registry.pid"
}

# The registry chooses the port itself, which nobody can take in between, and writes it down.
registry_address() {
    sed -n 's/.*listening on \(127\.0\.0\.1:[0-9]*\).*/\1/p' "$dir/registry.log" | head -n 1
}

answers() {
    [ -n "$(registry_address)" ] &&
        timeout 5 docker -H "unix://$dir/docker.sock" version >/dev/null 2>&1
}

give_up() {
    say "$1"
    tail -n 15 "$dir/dockerd.log" "$dir/registry.log" >&2
    stop
    exit 1
}

start() {
    [ "$(id -u)" = 0 ] || fail "A Docker Engine needs root. Run the tests as root."
    local tool
    for tool in dockerd docker docker-registry iptables ip; do
        command -v "$tool" >/dev/null || fail "$tool is missing. Run tests/run.sh, which installs what it needs."
    done
    if [ -e "$dir/name" ] || [ -e "$dir/dockerd.pid" ]; then
        stop
    fi
    mkdir -p "$dir" || exit 1
    # mktemp makes folders that only root may enter; containers with other users read mounts below it.
    chmod 755 "$dir"
    printf '{}\n' >"$dir/dockerd.json"
    mount_cgroups
    make_bridge || give_up "No bridge could be made. Does the kernel have bridges, and is 10.101–199 free?"
    start_engine
    start_registry
    local tries=300
    until answers; do
        alive "$engine" || give_up "dockerd ended early:"
        alive "$registry" || give_up "docker-registry ended early:"
        tries=$((tries - 1))
        [ $tries -gt 0 ] || give_up "The engine or the registry did not answer in time:"
        sleep 0.1
    done
    cat >"$dir/env" <<ENV
DOCKER_AUTO_TEST_ENGINE=unix://$dir/docker.sock
DOCKER_AUTO_TEST_REGISTRY=$(registry_address)
DOCKER_AUTO_TEST_LAB=$dir
ENV
    cat "$dir/env"
}

case $command in
    start) start ;;
    stop) stop ;;
    *) usage ;;
esac
