using System.Reflection;
using System.Text;
using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>
/// src/Grpc shows nothing that Grpc.Core.Api, Grpc.Net.Client and Grpc.AspNetCore.Server do not have: code that compiles against it compiles
/// against them. A name that comes in addition is looked up there, then added to public-surface.txt.
/// </summary>
public sealed class PublicSurfaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Only_what_the_packages_have_is_public()
    {
        var surface = new StringBuilder();
        foreach (var type in typeof(Status).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            var members = type.GetMembers(Declared)
                .Where(member => member is not (MethodInfo { IsSpecialName: true } or Type or ConstructorInfo))
                .Select(member => member.Name).Distinct().Order(StringComparer.Ordinal);
            surface.Append($"{type.FullName}: {string.Join(' ', members)}".TrimEnd()).Append('\n');
        }

        using var known = typeof(PublicSurfaceTests).Assembly.GetManifestResourceStream("public-surface.txt")!;
        Assert.Equal(new StreamReader(known).ReadToEnd(), surface.ToString());
    }
}
