using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Finds the object that serves a call: the one that is registered, or else one made for this call and disposed after it.</summary>
internal static class ServiceSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>
    where T : class
{
    private static readonly Lazy<ObjectFactory<T>> Factory = new(() => ActivatorUtilities.CreateFactory<T>(Type.EmptyTypes));

    public static T Get(IServiceProvider services, out bool made)
    {
        var registered = services.GetService<T>();
        made = registered is null;
        return registered ?? Factory.Value(services, []);
    }

    public static async ValueTask ReleaseAsync(T service)
    {
        if (service is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else if (service is IDisposable disposable)
            disposable.Dispose();
    }
}
