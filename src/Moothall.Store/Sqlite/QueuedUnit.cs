namespace Moothall.Store.Sqlite;

/// <summary>A unit of work that waits for the writer, with the caller who waits for its answer.</summary>
internal abstract class QueuedUnit
{
    public abstract bool IsWanted { get; }

    /// <summary>Whether nobody waits for it in front of a screen (<see cref="Unhurried"/>).</summary>
    public virtual bool IsUnhurried { get; } = Unhurried.IsHere;

    /// <summary>True when the work ran and came to an outcome of which nothing may stay.</summary>
    public abstract bool RollsBack { get; }

    /// <summary>Runs the work on the writer's thread and remembers its result until the batch is on the disk.</summary>
    public abstract void Run(Unit unit, TimeSpan longest);
    public abstract void Succeed();
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class QueuedUnit<T>(Func<Unit, Task<T>> work, CancellationToken cancel) : QueuedUnit
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private Task<T>? running;
    private T result = default!;

    public Task<T> Answer => answer.Task;

    public override bool RollsBack => result is IOutcome { RollsBack: true };

    public override bool IsWanted
    {
        get
        {
            if (!cancel.IsCancellationRequested) return true;
            answer.TrySetCanceled(cancel);
            return false;
        }
    }

    public override void Run(Unit unit, TimeSpan longest)
    {
        if (context is null) running = work(unit);
        else ExecutionContext.Run(context, _ => running = work(unit), null);
        if (!running!.IsCompleted)
        {
            try
            {
                if (!running.Wait(longest))
                    throw new TimeoutException($"A unit of work took longer than {longest.TotalSeconds} seconds and was rolled back.");
            }
            catch (AggregateException)
            {
                // GetResult below throws what the work threw.
            }
        }
        result = running.GetAwaiter().GetResult();
    }

    public override void Succeed() => answer.TrySetResult(result);

    public override void Fail(Exception error)
    {
        if (error is OperationCanceledException) answer.TrySetCanceled(cancel.IsCancellationRequested ? cancel : new CancellationToken(true));
        else answer.TrySetException(error);
    }
}
