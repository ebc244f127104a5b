using System.Text;
using NodeAgent.Migration.Guests.Parsing;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Guests;

public sealed class ContainerPathTests
{
    private const string Uid = "3f1e9c52-0c4e-4b52-9f5f-6b1d5f0a7e21";
    private const string Slice = "3f1e9c52_0c4e_4b52_9f5f_6b1d5f0a7e21";
    private const string Hash = "6a2f4fd2b5f8c0f9a1d3e5b7c9d1e3f5";
    private const string Id = "0f5c1d2e3b4a596877869504132231403f2e1d0c9bfa8e7d6c5b4a3928170615";

    [Theory]
    [InlineData($"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Slice}.slice/cri-containerd-{Id}.scope\n", Uid, Id)]
    [InlineData($"0::/kubepods.slice/kubepods-pod{Slice}.slice/crio-{Id}.scope\n", Uid, Id)]
    [InlineData($"0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod{Slice}.slice/docker-{Id}.scope/libvirt/emulator\n", Uid, Id)]
    [InlineData($"0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod{Slice}.slice/cri-containerd-{Id}.scope\n", Uid, Id)]
    [InlineData($"0::/kubepods/burstable/pod{Uid}/{Id}\n", Uid, Id)]
    [InlineData($"0::/kubepods/besteffort/pod{Uid}/crio-{Id}\n", Uid, Id)]
    [InlineData($"0::/../../kubepods-burstable-pod{Slice}.slice/cri-containerd-{Id}.scope\n", Uid, Id)]
    [InlineData($"0::/system.slice/containerd.service/kubepods-burstable-pod{Slice}.slice:cri-containerd:{Id}\n", Uid, Id)]
    [InlineData($"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{Hash}.slice/cri-containerd-{Id}.scope\n", Hash, Id)]
    [InlineData($"0::/kubepods/burstable/pod{Hash}/{Id}\n", Hash, Id)]
    [InlineData($"12:memory:/\n11:pids:/kubepods/burstable/pod{Uid}\n4:cpu,cpuacct:/kubepods/burstable/pod{Uid}/{Id}\n1:name=systemd:/user.slice\n0::/\n", Uid, Id)]
    [InlineData($"0::/system.slice/docker-{Id}.scope\n", null, Id)]
    [InlineData($"4:memory:/docker/{Id}\n", null, Id)]
    [InlineData($"0::/machine.slice/libpod-{Id}.scope/container\n", null, Id)]
    [InlineData("0::/machine.slice/machine-qemu\\x2d1\\x2dpodium.scope/libvirt/emulator\n", null, null)]
    [InlineData("0::/user.slice/user-0.slice/session-1.scope\n", null, null)]
    [InlineData("0::/podman-podcasts/pod-of-mine\n", null, null)]
    [InlineData("", null, null)]
    [InlineData("0::/kubepods/burstable/pod../x\n", null, null)]
    public void Pod_and_container_are_found_in_every_layout(string text, string? uid, string? id) =>
        Assert.Equal(new ContainerPath(uid, id), ContainerPath.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("default_testvm", true, "default", "testvm")]
    [InlineData("my-ns_a_b", true, "my-ns", "a_b")]
    [InlineData("default_testvm", false, null, null)]
    [InlineData("testvm", true, null, null)]
    [InlineData("_x", true, null, null)]
    [InlineData("x_", true, null, null)]
    public void A_domain_of_kubevirt_has_a_namespace(string domain, bool inPod, string? @namespace, string? name) =>
        Assert.Equal((@namespace, name), KubeVirtName.Of(domain, inPod ? Uid : null));
}
