using System.Globalization;

namespace MapiGate.Tests.Policies;

public class ProcessBlocklistTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(";;")]
    [InlineData(" ; \"\" ; ")]
    public void Parse_NothingNamed_IsTheEmptyList(string? value)
    {
        var list = ProcessBlocklist.Parse(value);

        list.Should().BeSameAs(ProcessBlocklist.Empty);
        list.IsBlocked("program1.exe").Should().BeFalse();
        list.IsBlocked("").Should().BeFalse();
    }

    [Theory]
    [InlineData("program1.exe; program2.exe", "program1.exe; program2.exe")]
    [InlineData("program1.exe;program2.exe", "program1.exe; program2.exe")]
    [InlineData(" ;; program1.exe ;\t\"program2.exe\"; ", "program1.exe; program2.exe")]
    [InlineData("Program1.exe; PROGRAM1.EXE; program2.exe", "Program1.exe; program2.exe")]
    [InlineData(@"C:\Program Files\x\program1.exe; /opt/program2.exe", "program1.exe; program2.exe")]
    [InlineData("\"C:\\Program Files\\program1.exe\"", "program1.exe")]
    [InlineData("b.exe;a.exe", "b.exe; a.exe")]
    public void Parse_AnyWriting_GivesTheCanonicalText(string value, string canonical)
    {
        var list = ProcessBlocklist.Parse(value);

        list.ToString().Should().Be(canonical);
        list.Should().Equal(canonical.Split("; "));
        list.Count.Should().Be(canonical.Split("; ").Length);
        ProcessBlocklist.Parse(list.ToString()).Should().Equal(list);
    }

    [Theory]
    [InlineData("program1.exe", true)]
    [InlineData("PROGRAM1.EXE", true)]
    [InlineData("  program1.exe\t", true)]
    [InlineData(@"C:\Program Files\program1.exe", true)]
    [InlineData("/usr/bin/program1.exe", true)]
    [InlineData(@"C:\a/b\ program1.exe ", true)]
    [InlineData("program1", false)]
    [InlineData("program1.exe.bak", false)]
    [InlineData(@"program1.exe\", false)]
    [InlineData("xprogram1.exe", false)]
    [InlineData("program1.exe; program2.exe", false)]
    [InlineData("", false)]
    [InlineData(@"\", false)]
    public void IsBlocked_LooksAtTheFileName(string processName, bool expected) =>
        ProcessBlocklist.Parse("program1.exe; program2.exe").IsBlocked(processName).Should().Be(expected);

    [Fact]
    public void TryMatch_GivesTheEntryAsItWasWritten()
    {
        ProcessBlocklist.Parse("MfcMapi.exe").TryMatch("MFCMAPI.EXE", out var entry).Should().BeTrue();

        entry.Should().Be("MfcMapi.exe");
    }

    [Fact]
    public void IsBlocked_UnderATurkishCulture_StillIgnoresCaseAsTheInvariantDoes()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");

            ProcessBlocklist.Parse("winmail.exe").IsBlocked("WINMAIL.EXE").Should().BeTrue();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void IsBlocked_AnAbsurdName_IsJustNotBlocked()
    {
        var list = ProcessBlocklist.Parse("program1.exe");

        list.IsBlocked(new string('\\', 1_000_000)).Should().BeFalse();
        list.IsBlocked("\0\uD800\uFFFF" + new string(' ', 100_000)).Should().BeFalse();
    }

    [Fact]
    public void IsBlocked_AllocatesNothing()
    {
        var list = ProcessBlocklist.Parse("program1.exe; program2.exe");
        list.IsBlocked(@"C:\x\PROGRAM1.EXE");
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
        {
            list.IsBlocked(@"C:\x\PROGRAM1.EXE");
            list.IsBlocked("other.exe");
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Fact]
    public void IsBlocked_FindsEveryEntryOfALongList_AndNothingBeside()
    {
        var list = ProcessBlocklist.Parse(string.Join(';', Enumerable.Range(0, 1000).Select(i => $"program{i}.exe")));

        Enumerable.Range(0, 1000).Should().OnlyContain(i => list.IsBlocked($@"C:\Tools\PROGRAM{i}.EXE"));
        Enumerable.Range(1000, 1000).Should().NotContain(i => list.IsBlocked($"program{i}.exe"));
    }
}
