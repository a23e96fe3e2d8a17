using Microsoft.AspNetCore.Http;
using Moothall.Definitions;

namespace Moothall.Web.Resident;

/// <summary>An email address on a page that is no question of a service: read and refused in the same words as there.</summary>
static class AskedEmail
{
    public const string Field = "email";
    static readonly Question Question = new() { Name = Field, Type = QuestionTypes.Find("email")!, Text = Phrases.InAll("Email address"), Place = default };

    /// <summary>The address of a form, or what is wrong with it.</summary>
    public static (string? Email, IReadOnlyList<Fault> Faults) Read(IFormCollection form, string language, NodaTime.LocalDate today)
    {
        var reading = Question.Type.Read(Question, new PostedFields(form), new ReadingContext { Today = today, Language = language });
        return ((reading.Answer as TextAnswer)?.Text, reading.Faults);
    }
}
