namespace Moothall.Web.Questions;

/// <summary>What stands with the fields of a question on its page.</summary>
/// <param name="Same">The earlier answer that it may be the same as, a line each; null where there is none to take over, and empty where that is not known yet.</param>
/// <param name="FilledInFrom">Where the answer is from that is filled in, in words; null where the person gives it themselves.</param>
public sealed record BesideQuestion(IReadOnlyList<string>? Same, string? FilledInFrom)
{
    /// <summary>On a form that shows all questions at once: an earlier answer may be taken over, whatever it will be.</summary>
    public static readonly BesideQuestion OnForm = new([], null);

    /// <summary>The fields alone.</summary>
    public static readonly BesideQuestion Nothing = new(null, null);
}
