# Sourced in a private mount namespace: builds what the guest sees as its first root at $VM_STAGE.
# Environment: VM_STAGE, VM_BOX, VM_SHARE; VM_BACKEND uml|qemu.
#
#   host/    this machine's root file system, read-only
#   kernel/  the modules      tools/  what the host lacks    (both read-only)
#   share/   the shared folder        box/  command in, output and status out
#   init     machine/init
mount --make-rprivate /
mount -t tmpfs -o mode=755 stage "$VM_STAGE"
mkdir -p "$VM_STAGE"/{host,kernel,tools,share,box,extra,proc,run,dev}
read_only() { mount --bind "$1" "$2"; mount -o remount,bind,ro "$2"; }
read_only / "$VM_STAGE/host"
read_only "$VM_FILES/$VM_BACKEND/kernel" "$VM_STAGE/kernel"
read_only "$VM_FILES/tools" "$VM_STAGE/tools"
mount --bind "$VM_SHARE" "$VM_STAGE/share"
mount --bind "$VM_BOX" "$VM_STAGE/box"
for folder in bin sbin lib lib64; do ln -s "host/usr/$folder" "$VM_STAGE/$folder"; done
ln -s host/usr "$VM_STAGE/usr"
cp "$VM_HOME/machine/init" "$VM_STAGE/init"

# A bind mount shows one file system: what .NET needs from another one is brought along.
dotnet=$(command -v dotnet || true)
if [ -n "$dotnet" ]; then
    dotnet=$(dirname "$(realpath "$dotnet")")
    if [ "$(stat -c %m "$dotnet")" != / ]; then
        mkdir -p "$VM_STAGE/extra$dotnet"
        read_only "$dotnet" "$VM_STAGE/extra$dotnet"
        echo "$dotnet" >"$VM_STAGE/extra.list"
    fi
fi
