using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;

namespace Moothall.Web.Design;

/// <summary>How a kind of part is made and its parameters are set; worked out once a type, so that drawing needs no reflection.</summary>
sealed class PartShape
{
    static readonly ConcurrentDictionary<Type, PartShape> Shapes = new();

    readonly Type type;
    readonly Func<Part> make;
    readonly FrozenDictionary<string, Setter> setters;

    PartShape(Type type)
    {
        if (!typeof(Part).IsAssignableFrom(type))
            throw new InvalidOperationException($"{type.Name} is not a Part: pages are drawn in one pass, so every component inherits Moothall.Web.Design.Part.");
        this.type = type;
        make = (Func<Part>)Delegate.CreateDelegate(typeof(Func<Part>), typeof(PartShape).GetMethod(nameof(New), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type));
        setters = type.GetProperties()
            .Where(p => p.IsDefined(typeof(ParameterAttribute)))
            .ToFrozenDictionary(p => p.Name, p => (Setter)Activator.CreateInstance(typeof(Setter<,>).MakeGenericType(type, p.PropertyType), p.SetMethod)!, StringComparer.Ordinal);
    }

    /// <summary>The shape of a type of part.</summary>
    public static PartShape Of(Type type) => Shapes.GetOrAdd(type, static t => new(t));

    /// <summary>A new part with the parameters that a page gave it.</summary>
    public Part Make(ReadOnlySpan<RenderTreeFrame> frames)
    {
        var part = make();
        foreach (ref readonly var frame in frames)
        {
            if (frame.FrameType != RenderTreeFrameType.Attribute) continue;
            if (!setters.TryGetValue(frame.AttributeName, out var setter))
                throw new InvalidOperationException($"<{type.Name}> has no parameter called {frame.AttributeName}.");
            setter.Set(part, frame.AttributeValue);
        }
        return part;
    }

    static Part New<T>() where T : Part, new() => new T();

    abstract class Setter
    {
        public abstract void Set(Part part, object? value);
    }

    sealed class Setter<TPart, TValue>(MethodInfo method) : Setter where TPart : Part
    {
        readonly Action<TPart, TValue?> set = method.CreateDelegate<Action<TPart, TValue?>>();

        public override void Set(Part part, object? value) => set((TPart)part, (TValue?)value);
    }
}
