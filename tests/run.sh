#!/bin/bash
# Builds and tests Docker Auto. Ends with another code than 0 when anything failed.
#
#   tests/run.sh                 everything but what takes very long
#   tests/run.sh PART…           unit, contract, architecture, integration, gui, e2e
#   tests/run.sh long [PART…]    with the tests that take very long
#   tests/run.sh asan | tsan     the unit tests under sanitizers
#   tests/run.sh format          whether clang-format agrees
#   tests/run.sh bench           the benchmarks, in a release build
#   tests/run.sh pictures        pictures of every window, into build/pictures
#
# Options: --junit FILE writes the results of ctest as JUnit XML.
# Environment: DOCKER_AUTO_BUILD, the folder for builds (build/ in the repository unless that is not writable).
#
# Needs Debian 12; as root it installs what is missing. Tests that need Docker get an engine and a registry of
# their own, which are gone afterwards; the engine of the machine is not touched.
set -u
export LC_ALL=C.UTF-8 TZ=UTC HOME="${HOME:-/root}"
exec </dev/null
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc)

labels=()
extra=()
long=no
junit=
usage() { sed -n '2,/^set -u/{/^set -u/d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"; }
while [ $# -gt 0 ]; do
    case $1 in
        unit | contract | architecture | integration | gui | e2e) labels+=("$1") ;;
        asan | tsan | format | bench | pictures) extra+=("$1") ;;
        long) long=yes ;;
        --junit) junit=$(realpath -m -- "${2:?--junit needs a file}"); shift ;;
        -h | --help) usage; exit 0 ;;
        *) printf 'There is no part called "%s".\n\n' "$1" >&2; usage >&2; exit 2 ;;
    esac
    shift
done
[ ${#labels[@]} -gt 0 ] || [ ${#extra[@]} -gt 0 ] ||
    labels=(unit contract architecture integration gui e2e)

say() { printf '\n== %s\n' "$*"; }
wants() { case " ${labels[*]} ${extra[*]-} " in *" $1 "*) true ;; *) false ;; esac; }

build_root=${DOCKER_AUTO_BUILD:-$root/build}
if ! mkdir -p "$build_root" 2>/dev/null || [ ! -w "$build_root" ]; then
    build_root=/var/tmp/docker-auto-build-$(id -u)
    mkdir -p "$build_root" || exit 1
    printf 'The repository is not writable; building in %s.\n' "$build_root"
fi

work=
child=
finish() {
    local code=$?
    trap - EXIT
    if [ -n "$child" ]; then
        kill -TERM -- "-$child" 2>/dev/null
        wait "$child" 2>/dev/null
    fi
    if [ -n "$work" ]; then
        [ ! -e "$work/lab" ] || "$root/tests/support/lab.sh" stop "$work/lab"
        rm -rf -- "$work"
    fi
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Runs what takes long as a process group of its own, so that a signal to this script ends all of it at once;
# bash would otherwise wait for it first.
await() {
    local code
    set -m
    "$@" &
    child=$!
    set +m
    wait "$child"
    code=$?
    child=
    return "$code"
}

# A run that was killed could not tidy up; its number tells that it is gone.
sweep() {
    local folder owner
    for folder in "${TMPDIR:-/tmp}"/docker-auto-tests.*; do
        [ -s "$folder/owner" ] || continue
        owner=$(tr -cd '0-9' <"$folder/owner")
        kill -0 "$owner" 2>/dev/null && continue
        [ ! -e "$folder/lab" ] || "$root/tests/support/lab.sh" stop "$folder/lab"
        rm -rf -- "$folder"
    done
}

prepare() {
    local groups=(build)
    # Everything is built before anything is run, so the windows are needed as well.
    [ "${extra[*]-}" = format ] && [ ${#labels[@]} -eq 0 ] || groups+=(desktop engine)
    "$root/installers/packages.sh" "${groups[@]}" tests || exit 1
    sweep
    work=$(mktemp -d "${TMPDIR:-/tmp}/docker-auto-tests.XXXXXX") || exit 1
    printf '%s\n' $$ >"$work/owner"
    mkdir -m 700 "$work/runtime" && mkdir "$work/home" || exit 1
}

# build PRESET [TARGET…]
build() {
    local preset=$1 targets=()
    shift
    [ $# -eq 0 ] || targets=(--target "$@")
    say "Building: preset $preset${*:+, $*}"
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    # The full output of CMake matters only when it fails.
    (cd "$root" && cmake --preset "$preset" -B "$build_root/$preset") >"$work/configure.log" 2>&1 || {
        cat "$work/configure.log" >&2
        return 1
    }
    await logged_build --build "$build_root/$preset" --parallel "$jobs" "${targets[@]}" || {
        printf 'The build of preset %s failed.\n' "$preset" >&2
        return 1
    }
    tail -n 1 "$work/build.log"
}

# Every fiftieth step is told, and all that is no step: warnings and errors.
logged_build() {
    cmake "$@" 2>&1 | tee "$work/build.log" | grep --line-buffered -vE '^\[[0-9]*([1-9]|[1-46-9]0)/[0-9]+\]|^\[0/'
    return "${PIPESTATUS[0]}"
}

start_lab() {
    [ ! -e "$work/lab/env" ] || return 0
    say "Starting a Docker Engine and a registry for the tests"
    "$root/tests/support/lab.sh" start "$work/lab" || return 1
    set -a
    # shellcheck disable=SC1091
    . "$work/lab/env"
    set +a
}

# The tests see nothing of the person who runs them: no settings, no engine, no proxy for what is local.
isolated() {
    env -u DOCKER_HOST -u DOCKER_CONTEXT -u DOCKER_TLS_VERIFY -u DOCKER_CERT_PATH -u DISPLAY -u WAYLAND_DISPLAY \
        HOME="$work/home" XDG_RUNTIME_DIR="$work/runtime" XDG_CONFIG_HOME="$work/home/.config" \
        XDG_DATA_HOME="$work/home/.local/share" XDG_STATE_HOME="$work/home/.local/state" \
        XDG_CACHE_HOME="$work/home/.cache" no_proxy=localhost,127.0.0.1,::1 NO_PROXY=localhost,127.0.0.1,::1 \
        QT_QPA_PLATFORM=offscreen DOCKER_AUTO_TEST_LONG="$long" "$@"
}

logged_ctest() {
    isolated ctest "$@" 2>&1 | tee "$work/ctest.log"
    return "${PIPESTATUS[0]}"
}

# run_ctest PRESET LABEL…
run_ctest() {
    local preset=$1 pattern arguments code
    shift
    pattern="^($(IFS='|'; printf '%s' "$*"))\$"
    arguments=(--test-dir "$build_root/$preset" -L "$pattern" --output-on-failure --no-tests=error
        --parallel "$jobs")
    [ "$long" = yes ] || arguments+=(-LE '^long$')
    [ -z "$junit" ] || arguments+=(--output-junit "$junit")
    # The figures are the point of a benchmark.
    [ "$1" != benchmark ] || arguments+=(--verbose)
    say "Testing: $*, preset $preset"
    await logged_ctest "${arguments[@]}"
    code=$?
    {
        printf '%s (%s):\n' "$preset" "$*"
        sed -n '/% tests passed/,$p' "$work/ctest.log"
        grep -m 1 'No tests were found' "$work/ctest.log"
    } >>"$work/closing.log"
    return "$code"
}

failed=()
attempt() { "$@" || failed+=("$*"); }

check_format() {
    say "clang-format"
    local files
    mapfile -t files < <(cd "$root" &&
        find app backend ui tests \( -name '*.cpp' -o -name '*.h' \) -type f ! -path 'tests/data/*' | sort)
    (cd "$root" && printf '%s\n' "${files[@]}" | xargs -P "$jobs" -n 20 clang-format --dry-run -Werror) &&
        printf '%d files agree.\n' "${#files[@]}"
}

test_labels() {
    local label targets=()
    for label in "${labels[@]}"; do
        case $label in
            unit | integration | gui) targets+=("tests_$label") ;;
            # These look at the programs themselves.
            contract | e2e) targets+=(all) ;;
            # Proves that every public header compiles alone.
            architecture) targets+=(all all_verify_interface_header_sets) ;;
        esac
    done
    build dev "${targets[@]}" || return 1
    if wants integration || wants e2e || wants contract || wants gui; then
        start_lab || return 1
    fi
    run_ctest dev "${labels[@]}"
}

sanitized() {
    build "$1" tests_unit || return 1
    # Qt is not compiled with the thread sanitizer, so what it does inside cannot be judged.
    ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
        TSAN_OPTIONS=ignore_noninstrumented_modules=1:halt_on_error=1 run_ctest "$1" unit
}

benchmarks() {
    build bench tests_benchmark || return 1
    start_lab || return 1
    # One at a time: a benchmark beside another measures both.
    jobs=1 run_ctest bench benchmark
}

pictures() {
    build dev || return 1
    local program=$build_root/dev/bin/docker-auto-pictures
    [ -x "$program" ] || {
        printf 'This version has no program that makes pictures.\n' >&2
        return 1
    }
    start_lab && mkdir -p "$build_root/pictures" && await isolated "$program" "$build_root/pictures" &&
        ls "$build_root/pictures"
}

prepare
wants format && attempt check_format
[ ${#labels[@]} -eq 0 ] || attempt test_labels
wants asan && attempt sanitized asan
wants tsan && attempt sanitized tsan
wants bench && attempt benchmarks
wants pictures && attempt pictures

[ ! -e "$work/lab" ] || "$root/tests/support/lab.sh" stop "$work/lab"
printf '\n'
[ ! -s "$work/closing.log" ] || cat "$work/closing.log"
if [ ${#failed[@]} -gt 0 ]; then
    printf 'FAILED: %s\n' "${failed[@]}"
    exit 1
fi
printf 'All that was asked for passed.\n'
