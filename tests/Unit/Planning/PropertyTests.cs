using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using Xunit;
using Xunit.Abstractions;

namespace NodeAgent.Tests.Unit.Planning;

/// <summary>Two random documents one after the other, thousands of times: every step is one the kernel takes, nothing is left to do after it, and the revert brings back what was.</summary>
public sealed class PropertyTests(ITestOutputHelper output)
{
    /// <summary>More of them by hand: PLAN_SEEDS=20000 takes half a minute.</summary>
    private static readonly int s_seeds = int.TryParse(Environment.GetEnvironmentVariable("PLAN_SEEDS"), out var n) ? n : 1500;

    [Fact]
    public void Plans_are_taken_by_the_kernel_complete_and_reversible()
    {
        var planned = 0;
        var steps = 0;
        var refused = new Dictionary<string, int>();
        for (var seed = 0; seed < s_seeds; seed++)
        {
            try
            {
                var random = new RandomNetwork(seed);
                var before = RandomNetwork.Nics();
                for (var i = 0; i < 2; i++) before = Lab.Complete(Apply(before, random.Document(before)) ?? before);
                var desired = random.Document(before);
                var plan = Plan(before, desired, Ownership.Everything);
                if (plan.Refusals.FirstOrDefault(r => r.Link is null) is { } refusal)
                {
                    refused[refusal.Message] = refused.GetValueOrDefault(refusal.Message) + 1;
                    continue;
                }

                if (HasStrandedRoute(before)) continue;
                planned++;
                steps += plan.Steps.Count;
                Check(before, desired, plan);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
        }

        output.WriteLine($"{planned} of {s_seeds} planned, {steps} steps");
        Assert.True(planned > s_seeds * 0.6, $"only {planned} of {s_seeds} were possible: " + string.Join("\n", refused.OrderByDescending(r => r.Value).Take(20)));
    }

    private static void Check(NetworkSnapshot before, DesiredState desired, Plan plan)
    {
        var after = KernelRules.Run(before, plan.Steps);
        var again = Plan(after, desired, Ownership.Everything);
        Require(again.Steps.Count == 0 && again.Refusals.Count == 0, "planned again:\n" + Lab.Text(again), before, plan);

        var revert = Reverter.Revert(before, desired, Ownership.Everything);
        var back = Plan(after, revert, Ownership.Everything);
        Require(back.Refusals.All(r => r.Link is not null), "the revert is refused:\n" + Lab.Text(back), before, plan);
        var restored = KernelRules.Run(after, back.Steps);
        var (was, now) = (Canon.Text(before), Canon.Text(Lab.Complete(restored)));
        Require(was == now, Difference(was, now) + "\nreverted by:\n" + Lab.Text(back), before, plan);
    }

    /// <summary>The kernel keeps a route whose gateway is out of reach since its address went, and does not take it a second time.</summary>
    private static bool HasStrandedRoute(NetworkSnapshot snapshot) =>
        snapshot.Routes.Any(r => r.Gateway is { } gateway && !snapshot.Find(r.Device!)!.Addresses.Any(a => a.Cidr.Covers(gateway)));

    private static string Difference(string was, string now)
    {
        var (a, b) = (was.Split('\n'), now.Split('\n'));
        return string.Join("\n", a.Except(b).Select(l => "was: " + l).Concat(b.Except(a).Select(l => "now: " + l)));
    }

    private static void Require(bool holds, string problem, NetworkSnapshot before, Plan plan)
    {
        if (!holds) throw new InvalidOperationException($"{problem}\n\nbefore:\n{Canon.Text(before)}\n\nplan:\n{Lab.Text(plan)}");
    }

    private static NetworkSnapshot? Apply(NetworkSnapshot now, DesiredState desired)
    {
        var plan = Plan(now, desired, Ownership.Everything);
        return plan.Refusals.Any(r => r.Link is null) ? null : KernelRules.Run(now, plan.Steps);
    }

    private static Plan Plan(NetworkSnapshot now, DesiredState desired, Ownership ownership) => Planner.Plan(new PlanRequest { Desired = desired, Observed = now, Ownership = ownership });
}
