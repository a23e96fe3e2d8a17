using Moothall.Web.Design;

namespace Moothall.Web.Desk;

/// <summary>How a case was read, in words.</summary>
static class ReadingWords
{
    public static string Of(Look look, string what) => what switch
    {
        "case" => look.Say("The case, at the desk"),
        "api" => look.Say("The case, by a program"),
        "file" => look.Say("A file of the case"),
        "list" => look.Say("In a list that was saved or sent"),
        "search" => look.Say("Found it by a name or a place"),
        "person search" => look.Say("Found it while answering a person about their data"),
        "copy for the person" => look.Say("For a copy that a person asked for"),
        "request to erase" => look.Say("For a request to delete it"),
        "fill in" => look.Say("For a form that was filled in from it"),
        "draft" => look.Say("A form that somebody was helped with"),
        _ => what,
    };
}
