using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>Guests that start together, and sources that do not open at once.</summary>
public sealed class ManyGuestsTests : IDisposable
{
    private const int Many = 200;
    private readonly SamplerHouse _house = new();

    [Fact]
    public void Two_hundred_guests_at_once_are_opened_a_few_at_a_time_and_nobody_waits_for_it()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _house.Sources.Gate = gate.Task;
        for (var i = 1; i <= Many; i++) _house.Sampler.Came(SamplerHouse.Guest(i, $"uuid-{i}"));
        Assert.Equal(Many, _house.Store.Guests.Count);
        gate.SetResult();
        Assert.True(Wait.Until(() => _house.Store.Guests.All(static g => g.DirtyRate is not null)));
        Assert.InRange(_house.Sources.MostAtOnce, 1, SourceOpener.AtOnce);
        Assert.All(_house.Sources.Opened.Values, static s => Assert.Equal(1, s.Asked));
    }

    [Fact]
    public void All_that_migrate_are_asked_together_and_told_together()
    {
        for (var i = 1; i <= Many; i++)
        {
            var source = _house.Come(SamplerHouse.Guest(i, $"uuid-{i}"));
            source.Sample = SamplerHouse.Active(i);
            source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        }

        _house.Advance(0.25);
        var version = _house.Store.Version;
        _house.Advance(0.25);
        Assert.Equal(version + 1, _house.Store.Version);
        Assert.All(_house.Statuses(), s => Assert.Equal(version + 1, s.Version));
        foreach (var source in _house.Sources.Opened.Values) source.AnswersLate = true;
        _house.Advance(0.25);
        foreach (var source in _house.Sources.Opened.Values.Skip(1)) source.AnswerNow();
        Assert.Equal(version + 1, _house.Store.Version);
        _house.Advance(0.003);
        Assert.Equal(version + 2, _house.Store.Version);
        _house.Sources.Opened.Values.First().AnswerNow();
        Assert.Equal(version + 3, _house.Store.Version);
    }

    [Fact]
    public async Task A_source_that_could_be_read_but_does_not_answer_is_tried_again_after_growing_pauses()
    {
        _house.Sources.Fails = (new GuestSourceException(GuestSourceFault.Failed, "virtqemud does not answer"), 3);
        var guest = SamplerHouse.Guest(1);
        _house.Sampler.Came(guest);
        for (var tries = 1; tries <= 3; tries++)
        {
            Assert.True(Wait.Until(() => _house.Sources.Tries == tries && _house.State(guest)?.Limitation == "virtqemud does not answer"));
            await _house.Clock.Steady.TimersAsync(1);
            _house.Advance((1 << (tries - 1)) - 0.5);
            Assert.Equal(tries, _house.Sources.Tries);
            _house.Advance(0.5);
        }

        Assert.True(Wait.Until(() => _house.State(guest) is { Source: GuestSourceKind.Qmp, Limitation: null }));
    }

    [Fact]
    public void A_guest_that_nothing_tells_of_says_so()
    {
        _house.Sources.TakesNone = true;
        var guest = SamplerHouse.Guest(1);
        _house.Sampler.Came(guest);
        Assert.True(Wait.Until(() => _house.State(guest)?.Limitation is not null));
        Assert.Equal(GuestSourceKind.Proc, _house.State(guest)!.Source);
    }

    [Fact]
    public void A_guest_that_leaves_while_its_source_opens_leaves_nothing_behind()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _house.Sources.Gate = gate.Task;
        var guest = SamplerHouse.Guest(1);
        _house.Sampler.Came(guest);
        _house.Sampler.Left(guest.Process);
        gate.SetResult();
        Assert.True(Wait.Until(() => _house.Sources.Opened.Values.All(static s => s.IsDisposed)));
        Assert.Empty(_house.Store.Guests);
    }

    public void Dispose() => _house.Dispose();
}
