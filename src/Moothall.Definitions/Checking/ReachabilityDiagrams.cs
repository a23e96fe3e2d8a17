namespace Moothall.Definitions;

/// <summary>
/// Decision diagrams over variables with a few regions each: reduced, ordered, every node once. A diagram is a number; 0 is never
/// and 1 is always. Variables are settled in the order they were made; one that is free may turn out either way whatever was chosen
/// before it. Past the budget of nodes, or of steps, everything becomes `never` and Spent says so.
/// </summary>
/// <param name="budget">Most nodes.</param>
/// <param name="mostSteps">Most pairs of diagrams that are put together.</param>
/// <param name="whenSpent">What is thrown past the budget, where nothing is worth going on with.</param>
sealed class Diagrams(int budget, int mostSteps = int.MaxValue, Func<Exception>? whenSpent = null)
{
    public const int Never = 0;
    public const int Always = 1;

    readonly record struct Variable(int Regions, bool Free);

    sealed class SameNode : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? a, int[]? b) => a.AsSpan().SequenceEqual(b);
        public int GetHashCode(int[] node)
        {
            var hash = new HashCode();
            foreach (var part in node)
                hash.Add(part);
            return hash.ToHashCode();
        }
    }

    readonly List<Variable> variables = [];
    /// <summary>A node is its variable, then the diagram for each region.</summary>
    readonly List<int[]> nodes = [[int.MaxValue], [int.MaxValue]];
    readonly Dictionary<int[], int> unique = new(new SameNode());
    readonly Dictionary<(int, int), int> both = [];
    readonly Dictionary<int, int> contrary = [];
    readonly Dictionary<int, bool> certain = [];

    /// <summary>More was needed than the budget has: what was worked out since is worth nothing.</summary>
    public bool Spent { get; private set; }

    /// <summary>A new variable, last in order.</summary>
    public int NewVariable(int regions, bool free)
    {
        variables.Add(new Variable(Math.Max(1, regions), free));
        return variables.Count - 1;
    }

    /// <summary>The diagram that says a variable lies in one of the regions that pass.</summary>
    public int In(int variable, Func<int, bool> region)
    {
        var node = new int[variables[variable].Regions + 1];
        node[0] = variable;
        for (var i = 1; i < node.Length; i++)
            node[i] = region(i - 1) ? Always : Never;
        return Node(node);
    }

    /// <summary>The diagram that says each of some variables lies in one of the regions that are marked.</summary>
    public int In(IReadOnlyDictionary<int, bool[]> cube) => And(cube.OrderByDescending(c => c.Key).Select(c => In(c.Key, region => c.Value[region])));

    public int And(IEnumerable<int> all) => all.Aggregate(Always, And);
    public int Or(IEnumerable<int> all) => all.Aggregate(Never, Or);

    public int And(int a, int b)
    {
        if (a == Never || b == Never)
            return Never;
        if (a == Always || a == b)
            return b;
        if (b == Always)
            return a;
        if (a > b)
            (a, b) = (b, a);
        if (both.TryGetValue((a, b), out var known))
            return known;
        if (both.Count >= mostSteps)
            return Spend();
        var variable = Math.Min(nodes[a][0], nodes[b][0]);
        var node = new int[variables[variable].Regions + 1];
        node[0] = variable;
        for (var i = 1; i < node.Length; i++)
            node[i] = And(Child(a, variable, i), Child(b, variable, i));
        return both[(a, b)] = Node(node);
    }

    public int Not(int a)
    {
        if (a is Never or Always)
            return 1 - a;
        if (contrary.TryGetValue(a, out var known))
            return known;
        var node = nodes[a].ToArray();
        for (var i = 1; i < node.Length; i++)
            node[i] = Not(node[i]);
        return contrary[a] = Node(node);
    }

    public int Or(int a, int b) => Not(And(Not(a), Not(b)));

    /// <summary>
    /// Whether it can be made to hold however the free variables turn out, choosing each other variable in its turn.
    /// </summary>
    public bool Certain(int a)
    {
        if (a is Never or Always)
            return a == Always;
        if (certain.TryGetValue(a, out var known))
            return known;
        var children = nodes[a].Skip(1);
        return certain[a] = variables[nodes[a][0]].Free ? children.All(Certain) : children.Any(Certain);
    }

    /// <summary>One way for it to hold: region by variable, for the variables that matter. Prefers a way that is certain.</summary>
    public Dictionary<int, int> Example(int a)
    {
        var example = new Dictionary<int, int>();
        while (a is not (Never or Always))
        {
            var children = nodes[a];
            var chosen = Array.FindIndex(children, 1, Certain);
            if (chosen < 0)
                chosen = Array.FindIndex(children, 1, c => c != Never);
            example[children[0]] = chosen - 1;
            a = children[chosen];
        }
        return example;
    }

    /// <summary>The first way for it to hold, as wide as its nodes say: for each variable that matters, which regions lead there.</summary>
    public Dictionary<int, bool[]> Cube(int a)
    {
        var cube = new Dictionary<int, bool[]>();
        while (a is not (Never or Always))
        {
            var children = nodes[a];
            var to = Array.Find(children[1..], c => c != Never);
            cube[children[0]] = [.. children.Skip(1).Select(c => c == to)];
            a = to;
        }
        return cube;
    }

    /// <summary>Holds where it holds for some region of the variable.</summary>
    public int May(int a, int variable) => Or(Enumerable.Range(1, variables[variable].Regions).Select(region => Fixed(a, variable, region, [])));

    int Fixed(int a, int variable, int region, Dictionary<int, int> done)
    {
        if (a is Never or Always || nodes[a][0] >= variable)
            return Child(a, variable, region);
        if (done.TryGetValue(a, out var known))
            return known;
        var node = nodes[a].ToArray();
        for (var i = 1; i < node.Length; i++)
            node[i] = Fixed(node[i], variable, region, done);
        return done[a] = Node(node);
    }

    /// <summary>The variables that it depends on.</summary>
    public IReadOnlySet<int> DependsOn(int a)
    {
        var (seen, found, left) = (new HashSet<int>(), new SortedSet<int>(), new Stack<int>([a]));
        while (left.TryPop(out var node))
            if (node is not (Never or Always) && seen.Add(node))
            {
                found.Add(nodes[node][0]);
                foreach (var child in nodes[node].AsSpan(1))
                    left.Push(child);
            }
        return found;
    }

    int Child(int a, int variable, int region) => nodes[a][0] == variable ? nodes[a][region] : a;

    int Node(int[] node)
    {
        if (!node.AsSpan(2).ContainsAnyExcept(node[1]))
            return node[1];
        if (unique.TryGetValue(node, out var known))
            return known;
        if (nodes.Count >= budget)
            return Spend();
        nodes.Add(node);
        return unique[node] = nodes.Count - 1;
    }

    int Spend()
    {
        Spent = true;
        return whenSpent is null ? Never : throw whenSpent();
    }
}
