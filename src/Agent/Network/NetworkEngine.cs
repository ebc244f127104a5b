using NodeAgent.Files;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Applying.Probes;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Network.Kernel;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network;

/// <summary>The engine over the real kernel: it works in the network namespace of the thread that makes it.</summary>
public sealed class NetworkEngine : INetworkEngine, IDisposable
{
    private readonly EngineOptions _options;
    private readonly KernelNetwork _kernel;
    private readonly ControlPathFinder _paths;
    private readonly PolicySet _policies;

    public NetworkEngine(EngineOptions options)
    {
        _options = options;
        Health = options.Health ?? new HealthFacts();
        _kernel = new KernelNetwork(options.Paths.Proc, Health.Ports) { StepsAtOnce = options.StepsAtOnce };
        _paths = new ControlPathFinder(_kernel, options.ControlPlane, CallerPath.OfSsh(options.SshConnection) is { } ssh ? [ssh] : []);
        var store = new PolicyStore(options.Paths);
        var ledger = new LedgerStore(options.Paths.State);
        _policies = new PolicySet(store, ledger);
        Tools = new TransactionTools
        {
            Kernel = _kernel,
            Journal = new Journal(options.Paths.State, options.Clock),
            Ledger = ledger,
            Policies = store,
            Probes = new ProbeRunner(new KernelNeighbours(_kernel.Connection), options.Clock),
            Clock = options.Clock,
            StateFolder = options.Paths.State,
            Boot = new HostFacts(options.Paths).BootId,
            ControlPlane = options.ControlPlane,
            DefaultProbes = options.Probes,
            ControlPaths = _paths.Find,
        };
    }

    private NetworkEngine(NetworkEngine engine, IReadOnlyList<CallerPath> callers)
    {
        _options = engine._options;
        Health = engine.Health;
        _kernel = engine._kernel;
        _policies = engine._policies;
        _paths = engine._paths.With(callers);
        Tools = engine.Tools with { ControlPaths = _paths.Find };
    }

    internal TransactionTools Tools { get; }

    internal KernelNetwork Kernel => _kernel;

    /// <summary>Whoever watches over the network of this engine puts here what it finds.</summary>
    internal HealthFacts Health { get; }

    internal EngineOptions Options => _options;

    /// <summary>Shares the socket and the state of this one, which must outlive it.</summary>
    public INetworkEngine ForCaller(IReadOnlyList<CallerPath> callers) => callers.Count == 0 ? this : new NetworkEngine(this, callers);

    public NetworkSnapshot Observe() => _kernel.Observe();

    public NetworkState State()
    {
        var snapshot = Observe();
        if (_options.Health is null) PortDetailReader.Complete(snapshot, _options.Paths.Proc);
        return new NetworkState(snapshot, Policies(), Waiting()) { Macs = Health.Macs };
    }

    public IReadOnlyList<ControlPath> ControlPaths() => _paths.Find(_kernel.Observe());

    public PlanResult Plan(PolicyDocument document, IReadOnlySet<string> allowDisrupt)
    {
        var observed = _kernel.Observe();
        var (desired, errors) = _policies.MergeWith(document, observed);
        if (errors.Count > 0)
        {
            return RefusedByItself(document, observed, allowDisrupt) is { } refused
                ? new PlanResult { Plan = refused with { Notes = [.. refused.Notes, .. errors.Select(e => e.ToString())] }, Observed = observed, Desired = document.Desired }
                : new PlanResult { Errors = errors, Observed = observed };
        }

        var plan = PlanOf(desired, observed, Allowed(document, allowDisrupt));
        return new PlanResult { Plan = plan, Observed = observed, Desired = desired };
    }

    public ApplyResult Apply(ApplyRequest request, IProgress<ApplyEvent>? progress, CancellationToken cancellation) => Locked(progress, () =>
    {
        var document = request.Document;
        var administrators = Tools.Policies.AdministratorsFile(document.Name);
        if (administrators is not null && Path.GetFullPath(document.Path ?? document.File) != Path.GetFullPath(administrators))
            return Invalid(document, $"policy {document.Name} is already given by {administrators}: edit that file, or give this document another name");

        var observed = _kernel.Observe();
        var (desired, errors) = _policies.MergeWith(document, observed, request.WithoutMissingNics);
        if (errors.Count > 0)
        {
            if (RefusedByItself(document, observed, request.AllowDisrupt) is not { } refused) return Invalid(errors);
            return new ApplyResult
            {
                Outcome = ApplyOutcome.Refused,
                Message = refused.Refusals[0].Message,
                Causes = [.. refused.Refusals.Select(r => r.Message), .. errors.Select(e => e.ToString())],
                Plan = refused,
            };
        }

        return new Transaction(
            Tools,
            new TransactionRequest
            {
                Kind = "apply",
                Desired = desired,
                Policy = document.Name,
                // A file of policies.d stays where its administrator keeps it.
                PolicyText = administrators is null ? document.Text : null,
                FormerText = Tools.Policies.AppliedText(document.Name),
                AllowDisrupt = Allowed(document, request.AllowDisrupt),
                Probes = request.Probes ?? document.Probes,
                Confirm = request.Confirm ?? document.Confirm,
                WhileWaiting = request.WhileWaiting,
                File = (ledger, before) => PolicySet.Enter(ledger, document, before, Tools.Clock.GetUtcNow()),
            },
            progress,
            cancellation).Run();
    });

    public ApplyResult Delete(string policy, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation) => Locked(progress, () =>
    {
        var administrators = Tools.Policies.AdministratorsFile(policy);
        var (desired, problem) = _policies.Without(policy);
        if (desired is null) return Failed(problem);
        var result = new Transaction(
            Tools,
            new TransactionRequest
            {
                Kind = "delete",
                Desired = desired,
                Policy = policy,
                FormerText = Tools.Policies.AppliedText(policy),
                AllowDisrupt = allowDisrupt,
                File = (ledger, _) => ledger.Without(policy),
            },
            progress,
            cancellation).Run();
        if (administrators is not null && result.Outcome is ApplyOutcome.Committed or ApplyOutcome.NothingToDo)
        {
            result = result with { Message = $"{result.Message}; {SetAside(administrators)}" };
        }

        return result;
    });

    public TransactionReply Confirm(string? transaction) => new WaitingTransactions(Tools).Confirm(transaction);

    public ApplyResult Rollback(string? transaction, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        var waiting = new WaitingTransactions(Tools);
        return waiting.Find() is { } one && (transaction is null || transaction == one.Id)
            ? waiting.RollBack(one)
            : Locked(progress, () => new CommittedRollback(Tools).Run(transaction, allowDisrupt, progress, cancellation));
    }

    public WaitingTransaction? Waiting() => new WaitingTransactions(Tools).Find();

    public IReadOnlyList<PolicyStatus> Policies() => _policies.Status(_kernel.Observe(), DaemonStatus.Read(_options.Paths));

    public IReadOnlyList<string> FreeMacs(int count, byte? prefix) =>
        [.. MacGenerator.Generate(count, prefix, _kernel.MacsInUse(), _options.Random).Select(static m => m.ToString())];

    public void Watch(Action<NetworkChange> onChange, CancellationToken cancellation)
    {
        using var monitor = RtnlMonitor.Open();
        using var stop = cancellation.Register(monitor.Stop);
        var state = _kernel.List();
        onChange(new NetworkChange(null, state.Snapshot, "start"));
        var feed = new EventFeed(monitor, _kernel, state);
        while (feed.Next(Timeout.InfiniteTimeSpan) is { } change)
        {
            if (change.Links is not []) onChange(change);
        }
    }

    /// <summary>Brings what a killed process left in the journal to its end. The caller holds the lock.</summary>
    internal IReadOnlyList<string> Recover(IProgress<ApplyEvent>? progress) => new Recovery(Tools, progress).Run();

    public void Dispose() => _kernel.Dispose();

    private ApplyResult Locked(IProgress<ApplyEvent>? progress, Func<ApplyResult> act)
    {
        var state = _options.Paths.State;
        var untouched = "nothing was changed";
        try
        {
            using var held = NodeLock.TryTake(state, _options.LockWait, _options.Clock);
            if (held is null) return Failed($"{NodeLock.Holder(state)} is in the middle of a transaction: wait for it, or end it with `nodeagent net confirm` or `nodeagent net rollback`") with { IsBusy = true };
            // From here on the node may be put back to where it was before an older transaction.
            untouched = "an older transaction is not brought to its end yet, so this one was not begun";
            Recover(progress);
            untouched = "nothing was changed";
            return act();
        }
        catch (IOException e)
        {
            return Failed($"the state folder {state} cannot be used, {untouched}: {e.Message}");
        }
        catch (UnauthorizedAccessException e)
        {
            return Failed($"the state folder {state} cannot be used, {untouched}: {e.Message} Run it as root, or name a folder of yours with --state-dir");
        }
        catch (NetlinkException e)
        {
            return Failed(e.Message);
        }
    }

    // That a document would cut the node off comes before its disagreement with other policies: who repairs that one must know.
    private Plan? RefusedByItself(PolicyDocument document, NetworkSnapshot observed, IReadOnlySet<string> allowDisrupt)
    {
        var desired = LinkMatch.Resolve(document.Desired, observed, []);
        if (SemanticCheck.Check(desired, observed).Count > 0) return null;
        var plan = PlanOf(desired, observed, Allowed(document, allowDisrupt));
        return plan.Refusals.Any(r => r.Step >= 0) ? plan : null;
    }

    private Plan PlanOf(DesiredState desired, NetworkSnapshot observed, IReadOnlySet<string> allowDisrupt) => Planner.Plan(new PlanRequest
    {
        Desired = desired,
        Observed = observed,
        Ownership = Tools.Ledger.Load().Items.ToOwnership(),
        ControlPaths = _paths.Find(observed),
        AllowDisrupt = allowDisrupt,
    });

    private static string SetAside(string file)
    {
        try
        {
            File.Move(file, file + ".deleted", overwrite: true);
            return $"{file} is now {file}.deleted";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be moved away ({e.Message}): remove it by hand, or it is applied again";
        }
    }

    private static HashSet<string> Allowed(PolicyDocument document, IReadOnlySet<string> allowDisrupt) => [.. document.AllowDisrupt, .. allowDisrupt];

    private static ApplyResult Failed(string message) => new() { Outcome = ApplyOutcome.Failed, Message = message };

    private static ApplyResult Invalid(IReadOnlyList<SpecError> errors) => new() { Outcome = ApplyOutcome.Invalid, Message = errors[0].ToString(), Errors = errors };

    private static ApplyResult Invalid(PolicyDocument document, string message) => Invalid([new SpecError(new SourceMark(document.File, 1, 1), "metadata.name", message)]);
}
