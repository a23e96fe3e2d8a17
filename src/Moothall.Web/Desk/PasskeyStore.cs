using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Moothall.Identity;
using Moothall.Store;

namespace Moothall.Web.Desk;

/// <summary>A member of staff as their devices know them: by a handle that is no name.</summary>
public sealed record PasskeyHolder(string Handle, string Member);

/// <summary>
/// What ASP.NET Core Identity's passkey handler asks of a store, answered from the module's rows. It only reads: what a ceremony brings is written by the
/// command that takes it, in one unit with the session or the invitation it is about.
/// </summary>
sealed class PasskeyStore(Database database) : IUserPasskeyStore<PasskeyHolder>
{
    public async Task<PasskeyHolder?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        await database.Read(session => Passkeys.MemberOf(session, userId), cancellationToken) is { } member ? new PasskeyHolder(userId, member) : null;

    public async Task<PasskeyHolder?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await database.Read(session => Passkeys.Find(session, Base64Url.EncodeToString(credentialId)), cancellationToken) is { } key ? new PasskeyHolder(Passkeys.HandleOf(key.Member), key.Member) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyHolder user, CancellationToken cancellationToken) =>
        [.. (await database.Read(session => Passkeys.Of(session, user.Member), cancellationToken)).Select(Info)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) =>
        await database.Read(session => Passkeys.Find(session, Base64Url.EncodeToString(credentialId)), cancellationToken) is { } key && key.Member == user.Member ? Info(key) : null;

    static UserPasskeyInfo Info(Passkey key) => new(Base64Url.DecodeFromChars(key.Id), key.PublicKey, key.Made.ToDateTimeOffset(), key.SignCount, [.. key.Transports], true, key.BackupEligible,
        key.BackedUp, [], []);

    public Task<string> GetUserIdAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);
    public Task<string?> GetUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Member);
    public Task<string?> GetNormalizedUserNameAsync(PasskeyHolder user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Member);
    public void Dispose() { }

    public Task AddOrUpdatePasskeyAsync(PasskeyHolder user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task RemovePasskeyAsync(PasskeyHolder user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task SetUserNameAsync(PasskeyHolder user, string? userName, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task SetNormalizedUserNameAsync(PasskeyHolder user, string? normalizedName, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task<IdentityResult> CreateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task<IdentityResult> UpdateAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task<IdentityResult> DeleteAsync(PasskeyHolder user, CancellationToken cancellationToken) => throw ReadsOnly();
    public Task<PasskeyHolder?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadsOnly();

    static NotSupportedException ReadsOnly() => new("Staff and passkeys are changed by the commands of the module Identity.");
}
