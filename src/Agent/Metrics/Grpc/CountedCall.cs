using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace NodeAgent.Metrics.Grpc;

/// <summary>Puts itself between a call and its connection to count messages as they pass, whichever gRPC library serves it.</summary>
internal sealed class CountedCall(IHttpResponseBodyFeature response, PipeReader request, MethodSeries series) : IHttpResponseBodyFeature, IRequestBodyPipeFeature
{
    private readonly CountingWriter _writer = new(response.Writer, series.Sent);

    public PipeReader Reader { get; } = new CountingReader(request, series.Received);

    public PipeWriter Writer => _writer;

    public Stream Stream => response.Stream;

    public static void Attach(IFeatureCollection features, MethodSeries series)
    {
        if (features.Get<IHttpResponseBodyFeature>() is not { } response || features.Get<IRequestBodyPipeFeature>() is not { } request) return;
        var call = new CountedCall(response, request.Reader, series);
        features.Set<IHttpResponseBodyFeature>(call);
        features.Set<IRequestBodyPipeFeature>(call);
    }

    public void DisableBuffering() => response.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default) => response.StartAsync(cancellationToken);

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => response.SendFileAsync(path, offset, count, cancellationToken);

    public Task CompleteAsync() => response.CompleteAsync();
}
