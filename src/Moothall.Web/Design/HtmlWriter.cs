using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Moothall.Definitions;

namespace Moothall.Web.Design;

/// <summary>
/// Writes HTML as UTF-8 into rented memory. Everything that came from people goes through Text or an attribute and is
/// encoded there; Raw is for our own markup. It also walks what Razor pages draw, in one pass and without a renderer's
/// bookkeeping, because these pages are drawn once and never change under the reader.
/// </summary>
public sealed class HtmlWriter : IDisposable
{
    static readonly SearchValues<char> Special = SearchValues.Create("<>&\"'\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u000B\u000C\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F");
    [ThreadStatic] static Stack<RenderTreeBuilder>? builders;

    /// <summary>The language of the page that is drawn, for the few words that components say themselves.</summary>
    public Phrases Phrases { get; set; } = Phrases.English;

    byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
    int length;

    /// <summary>What has been written so far.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <summary>Our own markup, as it is.</summary>
    public HtmlWriter Raw(ReadOnlySpan<byte> markup)
    {
        markup.CopyTo(Room(markup.Length));
        length += markup.Length;
        return this;
    }

    /// <summary>Our own markup, as it is; nothing where it is null.</summary>
    public HtmlWriter Raw(string? markup) => markup is null ? this : Transcode(markup);

    /// <summary>Words, encoded: safe between tags and between double quotes.</summary>
    public HtmlWriter Text(string? words)
    {
        if (words is null) return this;
        var rest = words.AsSpan();
        while (rest.IndexOfAny(Special) is var at and >= 0)
        {
            Transcode(rest[..at]);
            Raw(rest[at] switch
            {
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                '&' => "&amp;"u8,
                '"' => "&quot;"u8,
                '\'' => "&#39;"u8,
                _ => "\uFFFD"u8, // HTML allows no other control characters, not even as references.
            });
            rest = rest[(at + 1)..];
        }
        return Transcode(rest);
    }

    /// <summary>A whole number, as digits.</summary>
    public HtmlWriter Number(int number)
    {
        number.TryFormat(Room(11), out var written, default, System.Globalization.CultureInfo.InvariantCulture);
        length += written;
        return this;
    }

    /// <summary>An attribute, where its value is neither null nor empty.</summary>
    public HtmlWriter Attribute(ReadOnlySpan<byte> name, string? value) =>
        string.IsNullOrEmpty(value) ? this : Raw(" "u8).Raw(name).Raw("=\""u8).Text(value).Raw("\""u8);

    /// <summary>An attribute without a value, where it holds.</summary>
    public HtmlWriter Flag(ReadOnlySpan<byte> name, bool holds) => holds ? Raw(" "u8).Raw(name) : this;

    /// <summary>Further class names after those already written.</summary>
    public HtmlWriter Classes(string? classes) => string.IsNullOrEmpty(classes) ? this : Raw(" "u8).Text(classes);

    /// <summary>Further attributes; one whose value is null stands without a value.</summary>
    public HtmlWriter Attributes(IReadOnlyDictionary<string, string?>? attributes)
    {
        if (attributes is null) return this;
        foreach (var (name, value) in attributes)
        {
            Raw(" "u8).Text(name);
            if (value is not null) Raw("=\""u8).Text(value).Raw("\""u8);
        }
        return this;
    }

    /// <summary>Content given as a fragment, else as our own markup, else as words.</summary>
    public HtmlWriter Content(string? text, string? html, RenderFragment? content = null)
    {
        if (content is not null) return Fragment(content);
        return string.IsNullOrEmpty(html) ? Text(text) : Raw(html);
    }

    /// <summary>A part of a page; nothing where it is null.</summary>
    public HtmlWriter Part(Part? part)
    {
        part?.Write(this);
        return this;
    }

    /// <summary>What a Razor page draws.</summary>
    public HtmlWriter Fragment(RenderFragment? fragment)
    {
        if (fragment is null) return this;
        var spare = builders ??= new();
        var builder = spare.TryPop(out var used) ? used : new RenderTreeBuilder();
        try
        {
            fragment(builder);
            var frames = builder.GetFrames();
            Walk(frames.Array, 0, frames.Count);
        }
        finally
        {
            builder.Clear();
            spare.Push(builder);
        }
        return this;
    }

    void Walk(RenderTreeFrame[] frames, int at, int end)
    {
        while (at < end)
        {
            ref var frame = ref frames[at];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Text:
                    Text(frame.TextContent);
                    at++;
                    break;
                case RenderTreeFrameType.Markup:
                    Raw(frame.MarkupContent);
                    at++;
                    break;
                case RenderTreeFrameType.Element:
                    Element(frames, at);
                    at += frame.ElementSubtreeLength;
                    break;
                case RenderTreeFrameType.Component:
                    PartShape.Of(frame.ComponentType).Make(frames.AsSpan(at + 1, frame.ComponentSubtreeLength - 1)).Write(this);
                    at += frame.ComponentSubtreeLength;
                    break;
                default: // regions, whose content follows, and captures, which mean nothing on the server
                    at++;
                    break;
            }
        }
    }

    void Element(RenderTreeFrame[] frames, int start)
    {
        var (name, end) = (frames[start].ElementName, start + frames[start].ElementSubtreeLength);
        Raw("<"u8).Raw(name);
        var at = start + 1;
        for (; at < end && frames[at].FrameType == RenderTreeFrameType.Attribute; at++)
        {
            var (attribute, value) = (frames[at].AttributeName, frames[at].AttributeValue);
            if (value is bool flag)
            {
                if (flag) Raw(" "u8).Raw(attribute);
            }
            else if (value is string text) Raw(" "u8).Raw(attribute).Raw("=\""u8).Text(text).Raw("\""u8);
            else throw new InvalidOperationException($"<{name}> was given {attribute} of {value?.GetType().Name}: a page drawn on the server has no handlers.");
        }
        Raw(">"u8);
        if (name is "input" or "br" or "hr" or "img" or "link" or "meta" or "col" or "source" or "wbr") return;
        Walk(frames, at, end);
        Raw("</"u8).Raw(name).Raw(">"u8);
    }

    HtmlWriter Transcode(ReadOnlySpan<char> text)
    {
        // A char is at most three bytes of UTF-8.
        length += Encoding.UTF8.GetBytes(text, Room(text.Length * 3));
        return this;
    }

    Span<byte> Room(int bytes)
    {
        if (buffer.Length - length < bytes)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(buffer.Length * 2, length + bytes));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        return buffer.AsSpan(length);
    }

    /// <summary>What was written, as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(buffer, 0, length);

    /// <summary>Gives the memory back; nothing may be read afterwards.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }
}
