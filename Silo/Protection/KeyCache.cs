namespace Dispatch.Protection;

/// <summary>Unwrapped keys of this process: few, and for a short time, so that a key that was erased elsewhere is soon forgotten here.</summary>
public sealed class KeyCache(VaultOptions options, TimeProvider time)
{
    /// <summary>Most keys at once: some 2 MB.</summary>
    private const int MostKeys = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (DataKey Key, DateTimeOffset Until)> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idOfSubject = new(StringComparer.Ordinal);

    /// <summary>A key by its id.</summary>
    public DataKey? Find(string id)
    {
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var kept))
            {
                return null;
            }

            if (kept.Until > time.GetUtcNow())
            {
                return kept.Key;
            }

            Remove(kept.Key);
            return null;
        }
    }

    /// <summary>The key that seals a subject.</summary>
    public DataKey? OfSubject(string subject)
    {
        lock (gate)
        {
            return idOfSubject.TryGetValue(subject, out var id) ? Find(id) : null;
        }
    }

    /// <summary>Keeps a key that was just read.</summary>
    public void Keep(DataKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        lock (gate)
        {
            if (byId.Count >= MostKeys)
            {
                // All of them are read again when they are needed: simpler than knowing which was used last, and rare.
                byId.Clear();
                idOfSubject.Clear();
            }

            byId[key.Id] = (key, time.GetUtcNow() + options.KeepKeysFor);
            idOfSubject[key.Subject] = key.Id;
        }
    }

    /// <summary>Forgets what is kept of a subject.</summary>
    public void Forget(string subject)
    {
        lock (gate)
        {
            foreach (var kept in byId.Values.Where(x => x.Key.Subject == subject).ToList())
            {
                Remove(kept.Key);
            }
        }
    }

    private void Remove(DataKey key)
    {
        byId.Remove(key.Id);
        if (idOfSubject.GetValueOrDefault(key.Subject) == key.Id)
        {
            idOfSubject.Remove(key.Subject);
        }
    }
}
