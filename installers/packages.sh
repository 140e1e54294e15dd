#!/bin/bash
# packages.sh GROUP… installs what is missing of those groups of packages.txt. Does nothing, in a few
# milliseconds, when all is there. Uses sudo unless root.
set -u
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

[ $# -gt 0 ] || { printf 'usage: packages.sh build|desktop|engine|tests …\n' >&2; exit 2; }

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    printf 'This script installs Debian packages, and this system has no apt. Install what installers/packages.txt lists by hand.\n' >&2
    exit 1
fi

missing=()
installed=$(dpkg-query -W -f '${db:Status-Status} ${binary:Package}\n' | sed -n 's/^installed \([^:]*\).*/\1/p')
while read -r group package; do
    case " $* " in *" $group "*) ;; *) continue ;; esac
    grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done < <(grep -v '^#' "$here/packages.txt")
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || {
        printf 'These packages are missing and installing needs root: %s\n' "${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi

printf 'Installing %d Debian packages: %s\n' "${#missing[@]}" "${missing[*]}" >&2
get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >&2; }
if ! get install -y --no-install-recommends "${missing[@]}"; then
    # The lists of a fresh system are empty or old.
    get update && get install -y --no-install-recommends "${missing[@]}" || {
        printf 'The packages could not be installed. Is the network there? Try: apt-get update\n' >&2
        exit 1
    }
fi
