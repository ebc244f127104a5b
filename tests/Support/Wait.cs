namespace NodeAgent.Tests.Support;

/// <summary>Asks again and again, for a time that only a failing test uses up.</summary>
public static class Wait
{
    public static bool Until(Func<bool> holds, int seconds = 60)
    {
        var end = Environment.TickCount64 + seconds * 1000L;
        while (!holds())
        {
            if (Environment.TickCount64 > end) return false;
            Thread.Sleep(20);
        }

        return true;
    }
}
