namespace Moothall.Definitions.Importing;

/// <summary>
/// Nothing of a form is passed over in silence: what stands in its file and no reader asked for is told, with its line, but for what says nothing to whoever fills the form in. So a setting that
/// a later version of a builder brings is named too, and not lost.
/// </summary>
static class NotRead
{
    /// <summary>Most that is told of one file; nobody reads more.</summary>
    const int Most = 20;

    /// <summary>How a builder keeps its files, and how its pages look.</summary>
    static readonly HashSet<string> Bookkeeping = new(StringComparer.Ordinal)
    {
        "id", "name", "version", "schemaVersion", "schema", "$schema", "engine", "created_at", "updated_at", "createdAt", "updatedAt", "createdBy", "updatedBy", "creator_id", "form_id", "form_slug", "organisation_id", "position", "state",
        "question_section_completed", "declaration_section_completed", "share_preview_completed", "classes", "viewType", "summaryDisplayMode", "parallelUploads", "exposeToContext", "optionalText", "hideOptionalText",
        "divider", "showContinueButton", "startButton", "conditionDisplayName", "displayName", "display", "outputConfiguration", "feeOptions", "skipSummary", "removeText", "isWelsh", "metadata", "subType", "bold",
        "analytics", "rows", "autocomplete", "width", "prefixIcon", "hideTitle", "coordinator",
    };

    /// <summary>What only the builder reads, or stands there and is used by nothing.</summary>
    static readonly HashSet<string> Unused = new(StringComparer.Ordinal) 
    {
        "lists", "lists/title", "lists/type", "lists/valueType", "lists/items", "lists/items/value", "sections/title", "conditions/value", "conditions/items", "conditions/value/name", "conditions/value/conditions/value/type",
        "pages/components/title", "pages/components/options/required", "pages/components/values", "pages/components/options/type", "pages/components/options/usePostcodeLookup",
        "startPage", "steps/type", "steps/routing_conditions/routing_page_id", "conditions/items/type", "conditions/items/value/type", "conditions/items/value/listId", "steps/data/answer_settings/input_type/uk_address", "metadata/language",
    };

    /// <summary>Tells a form what of its file nobody read.</summary>
    public static void Tell(FormNode root, ImportedForm form)
    {
        var unread = root.NotAsked().Where(n => !Bookkeeping.Contains(n.Path[(n.Path.LastIndexOf('/') + 1)..]) && !Unused.Contains(n.Path)).GroupBy(n => string.Join('/', n.Path.Split('/').Select(part => Guid.TryParse(part, out _) ? "…" : part))).ToList();
        foreach (var key in unread.Take(Most))
        {
            var (path, first, count) = (key.Key, key.First().Value.Line, key.Count());
            form.Lacks(new Message("{count, plural, one {what `{key}` says (line {line})} other {what `{key}` says in {count} places (first on line {line})}}, because this import does not know it", ("count", count), ("key", ImportedPage.Shorten(path)), ("line", first)));
        }
        if (unread.Count > Most) form.Lacks(new Message("{count} more settings that this import does not know", ("count", unread.Count - Most)));
    }
}
