namespace Moothall.Store;

/// <summary>
/// The name of a table or column as an argument of a statement. It is put in as an identifier, not as a value,
/// so only lower-case letters, digits and underscores are let in.
/// </summary>
public readonly record struct SqlName
{
    public SqlName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        foreach (var c in name)
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
                throw new ArgumentException($"'{name}' cannot be a name in the database: use a to z, 0 to 9 and _.", nameof(name));
        if (name.Length > 63)
            throw new ArgumentException($"'{name}' is too long for a name in the database: use at most 63 characters.", nameof(name));
        Name = name;
    }

    public string Name { get; }
    public override string ToString() => Name;
}
