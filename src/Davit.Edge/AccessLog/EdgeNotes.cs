using System.Collections.Immutable;
using Davit.Edge.Control;

namespace Davit.Edge.AccessLog;

/// <summary>The last hundred things worth telling about the edge itself.</summary>
internal sealed class EdgeNotes(TimeProvider clock)
{
    private const int Kept = 100;

    private ImmutableQueue<EdgeNote> _notes = [];

    public ImmutableArray<EdgeNote> Read() => [.. _notes];

    public void Add(string kind, string text)
    {
        var note = new EdgeNote(clock.GetUtcNow(), kind, text);
        ImmutableInterlocked.Update(ref _notes, (notes, n) => notes.Count() < Kept ? notes.Enqueue(n) : notes.Dequeue().Enqueue(n), note);
    }
}
