namespace Moothall.Definitions;

/// <summary>A type of question as the reference shows it.</summary>
/// <param name="Says">What people are asked for.</param>
/// <param name="Example">A question of it, as it stands below its name.</param>
sealed record TypeExample(string Type, string Says, string Example)
{
    /// <summary>All types, in the order of <see cref="QuestionTypes"/>.</summary>
    public static readonly IReadOnlyList<TypeExample> All =
    [
        new("text", "Words on one line.", "question: What is your group called?\ntype: text\nmax-length: 120"),
        new("long-text", "Words on several lines.", "question: What happened?\ntype: long-text\nmax-words: 300"),
        new("number", "A number, with decimals unless it is `whole`.", "question: How many bins do you need?\ntype: number\nwhole: yes\nat-least: 1\nat-most: 5"),
        new("money", "An amount of pounds and pence.", "question: How much did it cost?\ntype: money\nat-most: £20,000"),
        new("date", "A day.", "question: When did you move?\ntype: date\nat-most: today"),
        new("month", "A month of a year.", "question: When will you move?\ntype: month"),
        new("time", "A time of day.", "question: When does it begin?\ntype: time"),
        new("yes-no", "Yes or no.", "question: Is it deeper than a golf ball?\ntype: yes-no"),
        new("choice", "One of some answers; of more than 40 a list to pick from.", "question: How big is it?\ntype: choice\noptions:\n  small: Smaller than a dinner plate\n  large: Bigger than a dinner plate"),
        new("choices", "Any of some answers.", "question: What do you need?\ntype: choices\noptions:\n  large-print: Large print\n  braille: Braille\n  nothing:\n    label: Nothing of these\n    alone: yes"),
        new("file", "Files, whose kind is what their bytes say.", "question: Do you have a photo?\ntype: file\naccept: [jpeg, png]\nmost-files: 3\noptional: yes"),
        new("email", "An e-mail address.", "question: What is your e-mail address?\ntype: email"),
        new("phone", "A phone number.", "question: What is your phone number?\ntype: phone"),
        new("web", "The address of a web page.", "question: What is the address of your website?\ntype: web\noptional: yes"),
        new("address", "A postal address, looked up or written by hand.", "question: What is your address?\ntype: address"),
        new("location", "A place: a pin on a map, an address or a description.", "question: Where is the pothole?\ntype: location\nlook-up: {road: roads}"),
        new("person", "Name, e-mail address and phone number of somebody.", "question: How can we tell you what happens?\ntype: person"),
        new("organisation", "Name and number of an organisation.", "question: Whom do you act for?\ntype: organisation"),
        new("postcode", "A postcode.", "question: What is your postcode?\ntype: postcode"),
        new("reference", "The reference of another case.", "question: Which case is it a duplicate of?\ntype: reference"),
        new("declaration", "Something that people must confirm.", "question: What I have told you is true\ntype: declaration"),
    ];
}
