using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Kernel;

/// <summary>
/// Sends the steps of one plan, as many together as can be: a batch is cut only where a step needs the index of a link that the
/// batch itself creates. After a batch in which anything failed no further one is sent.
/// </summary>
internal sealed class StepExecutor(NetlinkConnection connection, int stepsAtOnce) : INames
{
    /// <summary>From how many removals in a row on it pays to move them to a group and remove that: the kernel then waits for its readers once.</summary>
    private const int GroupRemovals = 8;

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly NetlinkBatch _batch = new();
    private readonly List<int> _stepOfRequest = [];
    private readonly List<StepFailure> _failures = [];
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);

    public string? NameOf(int index) => null;

    public int IndexOf(string name) => _indexes.GetValueOrDefault(name);

    public IReadOnlyList<StepFailure> Run(IReadOnlyList<PlanStep> steps, Action<int>? onStep)
    {
        using var batch = _batch;
        var encoder = new StepEncoder(this);
        var batched = 0;
        for (var i = 0; i < steps.Count && _failures.Count == 0; i++)
        {
            if (batched >= stepsAtOnce)
            {
                if (!Flush(steps)) break;
                onStep?.Invoke(i);
                batched = 0;
            }

            if (stepsAtOnce > 1 && RemovalsFrom(steps, i) is >= GroupRemovals and var removals)
            {
                if (!Flush(steps) || !RemoveByGroup(steps, i, removals)) break;
                i += removals - 1;
                onStep?.Invoke(i + 1);
                continue;
            }

            if (!Resolve(steps, i)) break;
            var before = _batch.Count;
            encoder.Encode(steps[i], _batch);
            for (var r = before; r < _batch.Count; r++) _stepOfRequest.Add(i);
            batched++;
            Note(steps[i]);
        }

        if (_failures.Count == 0 && Flush(steps)) onStep?.Invoke(steps.Count);
        return _failures;
    }

    // Links that come or go within the batch have no known index until it is sent.
    private void Note(PlanStep step)
    {
        switch (step)
        {
            case CreateLinkStep create:
                _pending.Add(create.Link);
                _indexes.Remove(create.Link);
                if (create.Fields.Text(Schema.VethFields.Peer) is { } peer) _pending.Add(peer);
                break;
            case RemoveLinkStep:
                _indexes.Remove(step.Link);
                break;
        }
    }

    private bool Resolve(IReadOnlyList<PlanStep> steps, int at)
    {
        foreach (var name in StepEncoder.Needs(steps[at]))
        {
            if (_indexes.ContainsKey(name)) continue;
            if (_pending.Count > 0 && !Flush(steps)) return false;
            try
            {
                if (connection.GetLink(name) is { } link)
                {
                    _indexes[name] = link.Index;
                    continue;
                }

                _failures.Add(new StepFailure(at, $"{steps[at].Link}: needs {name}, which does not exist any more"));
            }
            catch (NetlinkException e)
            {
                _failures.Add(new StepFailure(at, e.Message));
            }

            return false;
        }

        return true;
    }

    private bool Flush(IReadOnlyList<PlanStep> steps)
    {
        _pending.Clear();
        if (_batch.Count == 0) return true;
        var result = connection.Execute(_batch);
        for (var i = 0; i < result.Count; i++)
        {
            if (result[i] is { } error && !IsDone(steps[_stepOfRequest[i]], error)) _failures.Add(new StepFailure(_stepOfRequest[i], Sentence(steps[_stepOfRequest[i]], error)));
        }

        _batch.Clear();
        _stepOfRequest.Clear();
        return _failures.Count == 0;
    }

    private static int RemovalsFrom(IReadOnlyList<PlanStep> steps, int start)
    {
        var count = 0;
        while (start + count < steps.Count && steps[start + count] is RemoveLinkStep) count++;
        return count;
    }

    private bool RemoveByGroup(IReadOnlyList<PlanStep> steps, int start, int count)
    {
        ScratchGroup group;
        try
        {
            group = ScratchGroup.For(steps.Skip(start).Take(count).Select(s => s.Link), connection);
        }
        catch (NetlinkException e)
        {
            _failures.Add(new StepFailure(start, e.Message));
            return false;
        }

        for (var i = start; i < start + count; i++)
        {
            _batch.SetLink(new LinkMessage { Name = steps[i].Link, Group = group.Number }, "prepare to remove", steps[i].Link);
            _stepOfRequest.Add(i);
            _indexes.Remove(steps[i].Link);
        }

        // In the same send: no signal can come between the moves and the removal.
        _batch.DeleteLinkGroup(group.Number, "remove", $"{count} links");
        _stepOfRequest.Add(start);
        if (Flush(steps)) return true;
        group.GiveBack(connection);
        return false;
    }

    // What was to go has gone already, with the link or address it hung on.
    private static bool IsDone(PlanStep step, NetlinkException error) => step switch
    {
        RemoveLinkStep => error.Errno == Errno.ENODEV,
        RemoveAddressStep => error.Errno is Errno.EADDRNOTAVAIL or Errno.ENODEV,
        RemoveRouteStep => error.Errno is Errno.ESRCH or Errno.ENODEV,
        _ => false,
    };

    private static string Sentence(PlanStep step, NetlinkException error) => (step, error.Errno) switch
    {
        // rtnl_newlink: "Unknown device type"; without that sentence it is a field that is not supported.
        (CreateLinkStep, Errno.EOPNOTSUPP) when error.KernelMessage is { } text && text.Contains("device type", StringComparison.OrdinalIgnoreCase) =>
            $"{step.Link}: unsupported by this kernel: it has no driver for links of type {step.Kind} ({error.Message}); load the module, or use a kernel that has it",
        (_, Errno.EOPNOTSUPP) => $"{step.Link}: unsupported by this kernel or driver ({error.Message})",
        (_, Errno.EPERM) => $"{step.Link}: not permitted ({error.Message}); changing the network needs CAP_NET_ADMIN: run as root",
        (_, Errno.ENODEV) => $"{step.Link}: it vanished while the change was made ({error.Message})",
        _ => $"{step.Link}: {error.Message}",
    };
}
