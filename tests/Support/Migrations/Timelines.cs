namespace NodeAgent.Tests.Support.Migrations;

/// <summary>
/// Every recorded migration. The split was made by the recorder's table before anything was measured: lab and tuning are what the
/// constants of the forecaster were chosen on, held-out only measures.
/// </summary>
public static class Timelines
{
    public static IReadOnlyList<Timeline> All { get; } =
    [
        new("lab/q100-converging", false),
        new("lab/q100-pause-before-switchover", false),
        new("lab/q100-kvm-converging", false),
        new("lab/q100-kvm-ring-converging", false),
        new("lab/q100-postcopy", false, 17.13),
        new("lab/q100-postcopy-pause-recover", false, 18.19),
        new("lab/q100-xbzrle", false),
        new("lab/q72-autoconverge", false),
        new("lab/q72-failed", false),
        new("lab/q72-kvm-converging", false),
        new("lab/q72-multifd", false),
        new("lab/q72-nonconverging", false),
        new("lab/q72-postcopy", false, 16.72),
        new("lab/q72-rich-tcp", false),
        new("lab/q72-xbzrle", false),

        // Its last sample says 20 MiB; the guest had left the source by the next one, 0.2 s later.
        new("lab/lv90-src-jobstats", false, 0, 1632.07),
        new("lab/lv90-typed", false),
        new("tuning/linear-45", false),
        new("tuning/linear-75", false),
        new("tuning/random-60", false),
        new("tuning/stagnating-random", false),
        new("tuning/two-sets", false),
        new("held-out/autoconverge", true),
        new("held-out/bandwidth-limited", true),
        new("held-out/bandwidth-raised", true, 52.96),
        new("held-out/busier", true, 21.0),
        new("held-out/cancelled-early", true),
        new("held-out/converging-random", true),
        new("held-out/failed", true),
        new("held-out/kvm-converging", true),
        new("held-out/kvm-stagnating", true),
        new("held-out/limit-raised", true, 29.87),
        new("held-out/near-limit", true),
        new("held-out/near-limit-random", true),
        new("held-out/postcopy", true, 23.45),
        new("held-out/stagnating", true),
    ];

    public static Timeline Named(string name) => All.Single(timeline => timeline.Name == name);
}
