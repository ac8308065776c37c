namespace MapiGate.Registry;

/// <summary>A value's type, as the registry stores it. Any other number may occur.</summary>
internal enum RegistryType
{
    /// <summary><c>REG_NONE</c></summary>
    None = 0,

    /// <summary><c>REG_SZ</c></summary>
    Text = 1,

    /// <summary><c>REG_EXPAND_SZ</c></summary>
    ExpandText = 2,

    /// <summary><c>REG_BINARY</c></summary>
    Binary = 3,

    /// <summary><c>REG_DWORD</c></summary>
    DWord = 4,

    /// <summary><c>REG_MULTI_SZ</c></summary>
    MultiText = 7,

    /// <summary><c>REG_QWORD</c></summary>
    QWord = 11,
}
