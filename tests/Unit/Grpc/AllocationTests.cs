using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>What a message of a stream costs beyond itself: bytes allocated, as bench/budgets.json allows.</summary>
public sealed class AllocationTests
{
    private const int Messages = 1000;
    private const int Attempts = 5;

    private static readonly Marshaller<EchoResponse> Marshaller = Marshallers.Create(
        (message, context) =>
        {
            context.SetPayloadLength(message.CalculateSize());
            message.WriteTo(context.GetBufferWriter());
            context.Complete();
        },
        context => EchoResponse.Parser.ParseFrom(context.PayloadAsReadOnlySequence()));

    /// <summary>Each message is taken away after its write has ended: the flush is still under way when the write returns.</summary>
    [Fact]
    public void A_message_written()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new PipeBody(pipe.Writer));
        using var call = new HttpServerCallContext(
            http, new Method<EchoResponse, EchoResponse>(MethodType.ServerStreaming, "s", "m", Marshaller, Marshaller),
            new CallOutput(http, new GrpcServiceOptions()), null, TimeProvider.System);
        var stream = new ResponseStream<EchoResponse>(call, Marshaller.ContextualSerializer);
        var message = new EchoResponse { Text = "the state of a link", Number = 7 };

        Assert.InRange(
            BytesEach(() =>
            {
                Assert.True(stream.WriteAsync(message).IsCompletedSuccessfully);
                Assert.True(call.Output.IsBusy);
                Assert.True(pipe.Reader.TryRead(out var read));
                pipe.Reader.AdvanceTo(read.Buffer.End);
            }),
            0, Budget("grpc-message-written"));
    }

    [Fact]
    public void A_message_read()
    {
        var payload = new EchoResponse { Text = "the state of a link", Number = 7 }.ToByteArray();
        var frame = RawClient.Frame(payload);
        var pipe = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        var reader = new MessageReader<EchoResponse>(pipe.Reader, Marshaller.ContextualDeserializer, 1000, gzip: false);
        var message = BytesEach(() => EchoResponse.Parser.ParseFrom(new ReadOnlySequence<byte>(payload)));

        Assert.InRange(
            BytesEach(() =>
            {
                frame.CopyTo(pipe.Writer.GetSpan(frame.Length));
                pipe.Writer.Advance(frame.Length);
                Assert.True(pipe.Writer.FlushAsync().IsCompletedSuccessfully);
                Assert.True(reader.ReadAsync(CancellationToken.None).Result);
            }) - message,
            0, Budget("grpc-message-read"));
    }

    private static long BytesEach(Action action)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Messages; i++)
                action();
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Messages);
        }

        return least;
    }

    private static long Budget(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return file.RootElement.GetProperty("allocations").GetProperty(name).GetInt64();
    }

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}
