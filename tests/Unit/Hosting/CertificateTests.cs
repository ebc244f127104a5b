using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using NodeAgent.Tests.Unit.Grpc;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>Certificates that are replaced while they are used, and those that nobody should start with.</summary>
public class CertificateTests
{
    [Fact]
    public async Task New_certificates_are_taken_when_their_files_change_and_streams_go_on()
    {
        using var daemon = await new TestDaemon().Started();
        using var certificate = daemon.Authority.Issue("CN=x", TestDaemon.Operator);
        using var stream = daemon.Client(certificate).Duplex();
        await stream.RequestStream.WriteAsync(new EchoRequest { Text = "1" });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));

        daemon.WriteServerCertificate("second");
        await daemon.Log.Line("certificates read again: CN=second, valid until");
        Assert.Equal("CN=second", await ServerOf(daemon, certificate));

        await stream.RequestStream.WriteAsync(new EchoRequest { Text = "2" });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("2", stream.ResponseStream.Current.Text);
        await stream.RequestStream.CompleteAsync();
        Assert.False(await stream.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task The_swap_of_a_symbolic_link_as_the_kubelet_does_it_is_seen()
    {
        using var daemon = await new TestDaemon(folder: "..data").Started();
        using var certificate = daemon.Authority.Issue("CN=x", TestDaemon.Operator);
        Assert.Equal("CN=first", await ServerOf(daemon, certificate));
        daemon.SwapFolder("second");
        await daemon.Log.Line("certificates read again: CN=second");
        Assert.Equal("CN=second", await ServerOf(daemon, certificate));
    }

    [Theory]
    [InlineData("half", "grpc.tcp.certificate, grpc.tcp.key: ")]
    [InlineData("foreign key", "does not belong to the first certificate of")]
    [InlineData("open key", "can be read or changed by others (mode 0644)")]
    [InlineData("no authority", "has no self-signed certificate among its 0")]
    [InlineData("gone", "cannot be read: ")]
    public async Task Files_that_are_broken_leave_the_old_certificates_in_force_and_say_what_is_wrong(string fault, string message)
    {
        using var daemon = await new TestDaemon().Started();
        Break(daemon, fault);
        Assert.StartsWith("Error access: the certificates read before stay in force: grpc.tcp.", await daemon.Log.Line(message), StringComparison.Ordinal);
        using var certificate = daemon.Authority.Issue("CN=x", TestDaemon.Operator);
        Assert.Equal("CN=first", await ServerOf(daemon, certificate));
    }

    [Theory]
    [InlineData("half", "grpc.tcp.certificate, grpc.tcp.key: ")]
    [InlineData("foreign key", "grpc.tcp.key: ")]
    [InlineData("open key", "grpc.tcp.key: ")]
    [InlineData("no authority", "grpc.tcp.clientCa: ")]
    [InlineData("gone", "grpc.tcp.certificate: ")]
    public void Nothing_starts_with_them(string fault, string option)
    {
        using var daemon = new TestDaemon();
        Break(daemon, fault);
        var error = Assert.Throws<AccessConfigurationException>(() => CertificateFiles.Read(daemon.Configuration.Current.Grpc.Tcp!));
        var cause = Assert.Single(error.Causes);
        Assert.StartsWith(option, cause, StringComparison.Ordinal);
        Assert.Contains(daemon.Folder, cause, StringComparison.Ordinal);
    }

    [Fact]
    public void TCP_without_its_files_and_identities_is_refused_with_every_key_that_is_missing()
    {
        var error = Assert.Throws<AccessConfigurationException>(() => CertificateFiles.Read(new TcpSettings()));
        Assert.Equal(["grpc.tcp.identities", "grpc.tcp.certificate", "grpc.tcp.key", "grpc.tcp.clientCa"], error.Causes.Select(static c => c[..c.IndexOf(':', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_certificate_that_runs_out_during_a_connection_no_longer_counts()
    {
        var clock = new ShiftedTime();
        using var daemon = await new TestDaemon(clock: clock).Started();
        using var certificate = daemon.Authority.Issue("CN=x", TestDaemon.Operator);
        var client = daemon.Client(certificate);
        await client.UnaryAsync(new EchoRequest());
        clock.By = TimeSpan.FromDays(2);
        var error = await Assert.ThrowsAsync<RpcException>(async () => await client.UnaryAsync(new EchoRequest()));
        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    private static void Break(TestDaemon daemon, string fault)
    {
        switch (fault)
        {
            case "half":
                File.WriteAllText(daemon.CertificateFile, File.ReadAllText(daemon.CertificateFile)[..200]);
                break;
            case "foreign key":
                using (var other = daemon.Authority.Issue("CN=other")) File.WriteAllText(daemon.KeyFile, other.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
                break;
            case "open key":
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(daemon.KeyFile, (UnixFileMode)0b110_100_100);
                break;
            case "no authority":
                File.WriteAllText(daemon.AuthoritiesFile, "");
                break;
            default:
                File.Delete(daemon.CertificateFile);
                break;
        }
    }

    private static async Task<string> ServerOf(TestDaemon daemon, X509Certificate2 certificate)
    {
        var subject = "";
        await daemon.Client(certificate, seen: c => subject = c.Subject).UnaryAsync(new EchoRequest());
        return subject;
    }

    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan By { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }
}
