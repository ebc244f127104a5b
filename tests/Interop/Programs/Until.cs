using System.Diagnostics;
using Xunit;

namespace NodeAgent.Tests.Interop.Programs;

/// <summary>Waits for another program to come to something.</summary>
internal static class Until
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static void True(Func<bool> condition, Func<string> otherwise)
    {
        for (var start = Stopwatch.GetTimestamp(); !condition(); Thread.Sleep(50))
        {
            if (Stopwatch.GetElapsedTime(start) > s_limit) Assert.Fail(otherwise());
        }
    }

    /// <summary>The answer of a server, once it gives one.</summary>
    public static string Answers(HttpClient client, Uri uri)
    {
        var answer = "";
        var problem = "";
        True(() =>
        {
            try
            {
                answer = client.GetStringAsync(uri).GetAwaiter().GetResult();
                return true;
            }
            catch (HttpRequestException e)
            {
                problem = e.Message;
                return false;
            }
        }, () => $"{uri}: {problem}");
        return answer;
    }
}
