namespace NodeAgent.Network.View;

/// <summary>Orders names as people do: tap2 before tap10.</summary>
public static class NaturalOrder
{
    public static int Compare(string a, string b)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var order = TakeNumber(a, ref i).CompareTo(TakeNumber(b, ref j));
                if (order != 0) return order;
            }
            else if (a[i] != b[j])
            {
                return a[i].CompareTo(b[j]);
            }
            else
            {
                i++;
                j++;
            }
        }

        var rest = (a.Length - i).CompareTo(b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(a, b);
    }

    // A link's name has 15 characters at most: the digits fit.
    private static long TakeNumber(string text, ref int at)
    {
        long number = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at])) number = (number * 10) + (text[at++] - '0');
        return number;
    }
}
