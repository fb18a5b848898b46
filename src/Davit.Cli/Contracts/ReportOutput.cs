using System.CommandLine;
using Davit.Cli.Shell;
using Davit.Contracts.Reports;
using Davit.Model;

namespace Davit.Cli.Contracts;

/// <summary>Where reports go: one form to standard output, others to files.</summary>
internal sealed class ReportOutput
{
    private readonly Option<string[]> _outputs = new("--output", "-o")
    {
        Description = $"The form of the report, or FORM=FILE; can be repeated. Forms: {string.Join(", ", ReportForm.Names)}.", DefaultValueFactory = _ => [],
    };

    public ReportOutput(Command of) => of.Add(_outputs);

    /// <summary>Refuses what cannot be written before anything is read.</summary>
    public IReadOnlyList<(string Form, string? File)> Wanted(Invocation asked)
    {
        var wanted = asked.Get(_outputs)!.Select(Parse).ToList();
        foreach (var (form, _) in wanted)
        {
            if (!ReportForm.Names.Contains(form, StringComparer.Ordinal))
                throw new UsageException(CliProblems.Bad($"'{form}'", "is no form of a report", $"Write --output with one of {string.Join(", ", ReportForm.Names)}"));
        }

        if (asked.Terminal.IsJson)
            wanted = [.. wanted.Where(w => w.File is not null), ("json", null)];
        if (wanted.Count(w => w.File is null) > 1)
            throw new UsageException(CliProblems.Bad("more than one report", "cannot go to standard output", "Write the others to files: -o text -o sarif=contracts.sarif"));
        return wanted is [] ? [("text", null)] : wanted;
    }

    public static void Write(Terminal terminal, IReadOnlyList<(string Form, string? File)> wanted, ReportSet report)
    {
        foreach (var (form, file) in wanted)
        {
            var text = ReportForm.Render(form, report);
            if (file is null)
                terminal.Raw(text);
            else
                Save(file, text);
        }
    }

    private static void Save(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(ContractProblems.NotWritten(file, e.Message), e);
        }
    }

    private static (string Form, string? File) Parse(string said) => said.Split('=', 2) is [var form, { Length: > 0 } file] ? (form, file) : (said, null);
}
