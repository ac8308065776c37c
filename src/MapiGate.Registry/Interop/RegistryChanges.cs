namespace MapiGate.Registry;

/// <summary>What <c>RegNotifyChangeKeyValue</c> signals.</summary>
[Flags]
internal enum RegistryChanges : uint
{
    /// <summary><c>REG_NOTIFY_CHANGE_NAME</c>: a subkey comes, goes or is renamed.</summary>
    SubkeyNames = 0x1,

    /// <summary><c>REG_NOTIFY_CHANGE_LAST_SET</c>: a value is added, changed or deleted.</summary>
    Values = 0x4,

    /// <summary><c>REG_NOTIFY_THREAD_AGNOSTIC</c>: the watch outlives the thread that asked for it. Windows 8 and later.</summary>
    ThreadAgnostic = 0x10000000,
}
