using Davit.Contracts.Findings;

namespace Davit.Contracts.AsyncApi.Pointers;

/// <summary>What our own rules found, by the places in the files that they point at.</summary>
internal sealed class OwnVerdicts
{
    private static readonly Comparer<(string Place, Severity Level)> Comparer = Comparer<(string Place, Severity Level)>.Create((x, y) => string.CompareOrdinal(x.Place, y.Place));

    private readonly Verdicts _old;
    private readonly Verdicts _new;

    public OwnVerdicts(IEnumerable<Finding> findings)
    {
        var all = findings.Select(f => (f.Old, f.New, Level: f.Proof is Proof.Safe ? Severity.Note : f.Severity)).ToList();
        (_old, _new) = (new(Sorted(all.Select(f => (f.Old, f.Level)))), new(Sorted(all.Select(f => (f.New, f.Level)))));
    }

    /// <summary>The worst that was found at the place or in it, or else around it.</summary>
    /// <param name="around">So many steps may be gone outwards.</param>
    /// <returns>Null when nothing was found.</returns>
    public Severity? At(string old, string @new, int around)
    {
        for (; around >= 0 && (old is not "" || @new is not ""); around--)
        {
            var (was, now) = (_old.Worst(old), _new.Worst(@new));
            if (was is not null || now is not null)
                return was is null || now > was ? now : was;
            (old, @new) = (Around(old), Around(@new));
        }

        return null;
    }

    private static List<(string Place, Severity Level)> Sorted(IEnumerable<(Evidence? Evidence, Severity Level)> findings)
    {
        var worst = new Dictionary<string, Severity>(StringComparer.Ordinal);
        foreach (var (evidence, level) in findings)
        {
            if (evidence is not null && Spot.PlaceOf(evidence) is var place && (!worst.TryGetValue(place, out var known) || known < level))
                worst[place] = level;
        }

        List<(string Place, Severity Level)> all = [.. worst.Select(w => (w.Key, w.Value))];
        all.Sort(Comparer);
        return all;
    }

    private static string Around(string place) => place.LastIndexOf('/') is > 0 and var last && place.IndexOf('#', StringComparison.Ordinal) < last ? place[..last] : "";

    /// <summary>Those of one side, in the order of their places.</summary>
    private sealed class Verdicts(List<(string Place, Severity Level)> found)
    {
        private readonly Dictionary<string, Severity?> _known = new(StringComparer.Ordinal) { [""] = null };

        /// <summary>At the place or in it; null when there is none.</summary>
        public Severity? Worst(string place)
        {
            if (!_known.TryGetValue(place, out var worst))
                _known[place] = worst = Within(place).Cast<Severity?>().Max();
            return worst;
        }

        private IEnumerable<Severity> Within(string place)
        {
            var at = found.BinarySearch((place, default), Comparer);
            for (at = at < 0 ? ~at : at; at < found.Count && found[at].Place.StartsWith(place, StringComparison.Ordinal); at++)
            {
                if (found[at].Place.Length == place.Length || found[at].Place[place.Length] is '/')
                    yield return found[at].Level;
            }
        }
    }
}
