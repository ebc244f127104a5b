using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;
using NodeAgent.Doctor;

namespace NodeAgent.Cli.Doctor;

/// <summary>`doctor` for programs. The names are a contract.</summary>
internal static class DoctorJson
{
    public static JsonObject Of(DoctorReport report) => new()
    {
        ["fit"] = report.Fit,
        ["checks"] = ShowJson.List(report.Checks, static c => new JsonObject
        {
            ["id"] = c.Id,
            ["status"] = Word(c.Status),
            ["found"] = c.Found,
            ["wanted"] = c.Wanted,
            ["why"] = c.Why,
            ["fix"] = c.Fix,
        }),
    };

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        CheckStatus.Fail => "fail",
        CheckStatus.Absent => "absent",
        _ => "unknown",
    };
}
