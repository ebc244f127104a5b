# Shared by the scripts of this folder: where things are kept, and what the host must offer.
VM_CACHE=${NODEAGENT_VM_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/nodeagent-vm}
CODENAME=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME-}")
# The kernels and user-mode Linux come from this release, the guest's tools from the host's own.
KERNEL_RELEASE=trixie
# One folder per recipe: raise the number when what is fetched changes.
VM_FILES=$VM_CACHE/$CODENAME-2

die() { echo "vm: $*" >&2; exit 2; }

# Status 0 and one line saying why virtual machines cannot run here; status 1 if they can.
why_not() {
    local tool
    if [ "$(id -u)" != 0 ]; then echo "needs root (mount namespaces)"
    elif [ "$(uname -m)" != x86_64 ]; then echo "needs an x86-64 machine, this is $(uname -m)"
    elif ! command -v apt-get >/dev/null; then echo "needs apt (Debian's packaged kernels), there is none here"
    elif [ ! -e /usr/share/keyrings/debian-archive-keyring.gpg ]; then echo "needs Debian's archive keys (package debian-archive-keyring)"
    elif ! unshare --mount true 2>/dev/null; then echo "needs mount namespaces, which this environment forbids even root"
    else
        for tool in dpkg-deb flock taskset timeout tail setpriv; do
            command -v $tool >/dev/null || { echo "needs the program $tool"; return 0; }
        done
        return 1
    fi
}

require_host() {
    local reason
    if reason=$(why_not); then echo "vm: virtual machines cannot run here: $reason" >&2; exit 126; fi
}

# Where Debian keeps the file server for QEMU: part of QEMU up to bookworm, a package of its own since.
virtiofsd() {
    local path
    for path in /usr/lib/qemu/virtiofsd /usr/libexec/virtiofsd; do [ ! -x "$path" ] || { echo "$path"; return 0; }; done
    return 1
}
