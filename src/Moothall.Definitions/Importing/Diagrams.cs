namespace Moothall.Definitions.Importing;

/// <summary>
/// What holds for which answers, as a decision diagram: each variable is a question (or one thing asked of it) with a few values that matter. Equal diagrams have equal
/// numbers, so that two conditions that mean the same are seen to. It has a bound, beyond which a form is refused instead of worked out for ever.
/// </summary>
sealed class Diagrams
{
    public const int Never = 0, Always = 1;
    const int Most = 60_000;
    const int MostSteps = 4_000_000;

    readonly List<(int Variable, int[] Children)> nodes = [(int.MaxValue, []), (int.MaxValue, [])];
    readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    readonly Dictionary<(int, int, bool), int> worked = [];
    readonly Dictionary<int, int> contraries = [];
    readonly List<int> sizes = [];
    int steps;

    /// <summary>A variable with that many values, after those there are.</summary>
    public int Add(int values)
    {
        sizes.Add(values);
        return sizes.Count - 1;
    }

    public int Variables => sizes.Count;
    public int SizeOf(int variable) => sizes[variable];

    int Node(int variable, int[] children)
    {
        if (children.All(c => c == children[0])) return children[0];
        var key = $"{variable}:{string.Join(',', children)}";
        if (known.TryGetValue(key, out var node)) return node;
        if (nodes.Count > Most) throw Entangled();
        nodes.Add((variable, children));
        return known[key] = nodes.Count - 1;
    }

    static NotImported Entangled() => new(new Message("the ways between the pages are too entangled to say in sentences; split the form into smaller ones"));

    /// <summary>Holds where the variable has one of the values.</summary>
    public int Where(int variable, Func<int, bool> has) => Node(variable, [.. Enumerable.Range(0, sizes[variable]).Select(v => has(v) ? Always : Never)]);

    public int Both(int a, int b) => Worked(a, b, and: true);
    public int Either(int a, int b) => Worked(a, b, and: false);
    public int Both(params IEnumerable<int> all) => all.Aggregate(Always, Both);
    public int Either(params IEnumerable<int> all) => all.Aggregate(Never, Either);

    public int Not(int a)
    {
        if (a <= 1) return 1 - a;
        if (contraries.TryGetValue(a, out var done)) return done;
        var (variable, children) = nodes[a];
        return contraries[a] = Node(variable, [.. children.Select(Not)]);
    }

    int Worked(int a, int b, bool and)
    {
        var (absorbs, passes) = and ? (Never, Always) : (Always, Never);
        if (a == absorbs || b == absorbs) return absorbs;
        if (a == passes || a == b) return b;
        if (b == passes) return a;
        if (a > b) (a, b) = (b, a);
        if (worked.TryGetValue((a, b, and), out var done)) return done;
        if (++steps > MostSteps) throw Entangled();
        var top = Math.Min(nodes[a].Variable, nodes[b].Variable);
        var children = new int[sizes[top]];
        for (var v = 0; v < children.Length; v++) children[v] = Worked(Of(a, top, v), Of(b, top, v), and);
        return worked[(a, b, and)] = Node(top, children);
    }

    int Of(int node, int variable, int value) => nodes[node].Variable == variable ? nodes[node].Children[value] : node;

    /// <summary>Holds where it may hold, whatever the variable is.</summary>
    public int May(int a, int variable)
    {
        var parts = new List<int>();
        for (var v = 0; v < sizes[variable]; v++) parts.Add(Fixed(a, variable, v, []));
        return Either(parts);
    }

    int Fixed(int a, int variable, int value, Dictionary<int, int> done)
    {
        if (a <= 1 || nodes[a].Variable > variable) return a;
        if (nodes[a].Variable == variable) return nodes[a].Children[value];
        if (done.TryGetValue(a, out var known)) return known;
        return done[a] = Node(nodes[a].Variable, [.. nodes[a].Children.Select(c => Fixed(c, variable, value, done))]);
    }

    /// <summary>The variables that it looks at.</summary>
    public IReadOnlySet<int> LooksAt(int a)
    {
        var found = new HashSet<int>();
        var seen = new HashSet<int>();
        var waiting = new Stack<int>([a]);
        while (waiting.TryPop(out var node))
        {
            if (node <= 1 || !seen.Add(node)) continue;
            found.Add(nodes[node].Variable);
            foreach (var child in nodes[node].Children) waiting.Push(child);
        }
        return found;
    }

    /// <summary>One answer set for which it holds; all values where a variable does not matter.</summary>
    public Dictionary<int, bool[]> One(int a)
    {
        var cube = new Dictionary<int, bool[]>();
        while (a > 1)
        {
            var (variable, children) = nodes[a];
            var to = children.First(c => c != Never);
            cube[variable] = [.. children.Select(c => c == to)];
            a = to;
        }
        return cube;
    }

    /// <summary>The diagram of a set of answers.</summary>
    public int Of(IReadOnlyDictionary<int, bool[]> cube) => Both(cube.OrderByDescending(c => c.Key).Select(c => Where(c.Key, v => c.Value[v])));
}
