# shellcheck shell=bash
# Programs of others that tests and benchmarks run beside ours: unpacked, not installed, as installing them starts services.
# Sourced; adds them to PATH.
tools=${NODEAGENT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/nodeagent-tools}
export PATH=$PATH:$tools/usr/bin

fetch_tools() { # PACKAGE... : those whose program of the same name is not there
    local package missing=()
    for package; do
        command -v "$package" >/dev/null || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "run: missing and not fetched (needs apt): ${missing[*]}"
        return 0
    fi
    echo "run: fetching ${missing[*]} into $tools"
    mkdir -p "$tools"
    (
        cd "$tools" || exit
        download() { apt-get -qq download "${missing[@]}" </dev/null 2>/dev/null; }
        download || { apt-get -qq update </dev/null >/dev/null 2>&1; download; } || echo "run: could not fetch ${missing[*]}"
        for package in *.deb; do
            [ -e "$package" ] || continue
            dpkg-deb -x "$package" . && rm -f "$package"
        done
    )
}
