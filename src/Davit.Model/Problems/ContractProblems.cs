using System.Collections.Immutable;

namespace Davit.Model;

/// <summary>DV80: contracts and their comparison.</summary>
public static class ContractProblems
{
    private static readonly ProblemCode SyntaxCode = new("DV8001", "contract-malformed", "The contract is not well-formed", 422);
    private static readonly ProblemCode EncodingCode = new("DV8003", "contract-encoding", "The contract is not UTF-8", 422);
    private static readonly ProblemCode FormatCode = new("DV8004", "contract-format-unknown", "The kind of the contract cannot be told", 422);
    private static readonly ProblemCode VersionCode = new("DV8005", "contract-version-unknown", "The version of the format is not known", 422);
    private static readonly ProblemCode TooLargeCode = new("DV8010", "contract-too-large", "The contract is too large", 413);
    private static readonly ProblemCode TooDeepCode = new("DV8011", "contract-too-deep", "The contract is nested too deeply", 422);
    private static readonly ProblemCode AliasesCode = new("DV8012", "contract-aliases", "The aliases of the contract unfold to too much", 422);
    private static readonly ProblemCode TooManyCode = new("DV8013", "contract-too-many-values", "The contract holds too many values", 413);
    private static readonly ProblemCode ReferenceChainCode = new("DV8014", "contract-reference-chain", "References lead in a circle", 422);
    private static readonly ProblemCode UnresolvedCode = new("DV8015", "contract-unresolved", "A reference leads to nothing", 422);
    private static readonly ProblemCode OutsideRootCode = new("DV8016", "contract-outside-root", "A reference leads out of the directory of the contract", 422);
    private static readonly ProblemCode RemoteCode = new("DV8017", "contract-remote", "A reference leads to another machine", 422);
    private static readonly ProblemCode AmbiguousCode = new("DV8020", "contract-ambiguous", "Two operations cannot be told apart", 422);
    private static readonly ProblemCode PolicyCode = new("DV8030", "contract-policy-invalid", "The contract policy says what no policy can say", 422);
    private static readonly ProblemCode NotCompiledCode = new("DV8101", "contract-not-compiled", "The Protobuf files do not compile", 422);
    private static readonly ProblemCode FingerprintCode = new("DV8200", "contract-finding-unknown", "There is no finding with this fingerprint", 404);
    private static readonly ProblemCode PolicyTestCode = new("DV8201", "contract-policy-test-failed", "A test of the contract policy fails", 422);
    private static readonly ProblemCode RepositoryCode = new("DV8202", "contract-repository-missing", "There is no repository to compare with", 404);
    private static readonly ProblemCode DeclaredCode = new("DV8203", "contract-declared-missing", "A declared contract is not there", 404);
    private static readonly ProblemCode NotWrittenCode = new("DV8205", "contract-report-not-written", "The report cannot be written", 422);
    private static readonly ProblemCode RevisionCode = new("DV8204", "contract-revision-missing", "The revision or the file in it is not here", 404);

    public static ImmutableArray<ProblemCode> All { get; } =
    [
        SyntaxCode, EncodingCode, FormatCode, VersionCode, TooLargeCode, TooDeepCode, AliasesCode, TooManyCode, ReferenceChainCode, UnresolvedCode, OutsideRootCode, RemoteCode, AmbiguousCode, PolicyCode,
        NotCompiledCode, FingerprintCode, PolicyTestCode, RepositoryCode, DeclaredCode, RevisionCode, NotWrittenCode,
    ];

    /// <param name="code">One of <see cref="All"/>.</param>
    /// <param name="where">File, line and column; empty when it is about no place.</param>
    public static Problem Unreadable(string code, string what, string where)
    {
        var of = All.First(c => c.Code == code);
        return new Problem(of, $"{(where is "" ? "" : where + ": ")}{what}. Nothing was compared.", Hint(code));
    }

    public static Problem NoRevision(string revision, string path, string why) => new(
        RevisionCode, $"'{path}' cannot be read in the revision '{revision}': {why}. Nothing was compared.", "See which files and revisions there are: git ls-files, git log --oneline --all");

    /// <param name="isShallow">The clone has only the last commits.</param>
    public static Problem NoCommit(string revision, bool isShallow) => new(
        RevisionCode, $"There is no revision '{revision}' in this clone{(isShallow ? ", which has only the last commits" : "")}. Nothing was compared.", isShallow ? "git fetch --unshallow" : "See which revisions there are: git log --oneline --all");

    public static Problem NotWritten(string file, string why) => new(
        NotWrittenCode, $"The report cannot be written to '{file}': {why.TrimEnd('.')}. The contracts were compared; nothing else was changed.", $"See whether you may write there: ls -ld {System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))}");

    /// <summary>What a change is to go to, as the CI system says.</summary>
    public static Problem NoBranch(string branch) => new(
        RevisionCode, $"The branch '{branch}' that this change is to go to is not in this clone. Nothing was compared.", $"git fetch origin {branch}:refs/remotes/origin/{branch}");

    /// <summary>Nothing is permitted under these fingerprints.</summary>
    public static Problem NoWaiver(string fingerprint) => new(
        FingerprintCode, $"Nothing that is waived has the fingerprint '{fingerprint}'. Nothing was changed.", "See what is waived: davit contract waiver list");

    /// <summary>Files do not compile.</summary>
    public static bool IsOfCompiling(Problem problem) => problem.Of == NotCompiledCode;

    /// <param name="what">What the compiler says, with file, line and column.</param>
    public static Problem NotCompiled(string what, string hint) => new(NotCompiledCode, $"{what}. Nothing was compared.", hint);

    /// <param name="faults">Each with file, line and column.</param>
    public static Problem BadPolicy(string file, IReadOnlyList<(SourcePosition At, string Text)> faults) => new(
        PolicyCode, $"'{file}' has {faults.Count} fault{(faults.Count is 1 ? "" : "s")}. The first: {faults[0].At}: {faults[0].Text}. Nothing was compared.", "Correct the places and run the same command again")
    {
        Faults = [.. faults.Select(f => new Fault(PolicyCode, Severity.Error, f.Text, f.At, ""))],
    };

    public static Problem NoFinding(string fingerprint) => new(
        FingerprintCode, $"Nothing that was found has the fingerprint '{fingerprint}'; it changes with the change it is about. Nothing was changed.", "See what is found, and its fingerprints: davit contract check");

    public static Problem PolicyTestFailed(int failed, int count) => new(
        PolicyTestCode, $"{failed} of {count} tests of the policy failed; each says what differs. Nothing was changed.", "Correct the policy or the test, and run again: davit contract policy test");

    public static Problem NoRepository(string why) => new(
        RepositoryCode, $"{why.TrimEnd('.')}. Nothing was compared.", "Name both sides: davit contract diff old.yaml new.yaml");

    public static Problem NotDeclared(string path) => new(
        DeclaredCode, $"'{path}' is declared as a contract, but neither it nor an earlier one is there. Nothing was compared.", "Correct 'provides' in .davit/contracts.yaml");

    public static Problem NotFetched(Uri address, string why) => new(
        RemoteCode, $"'{address}' cannot be fetched: {why.TrimEnd('.')}. Nothing was compared.", "Try again, or keep a copy of the file beside the contract and refer to that");

    private static string Hint(string code) => code switch
    {
        "DV8017" => "Allow it: davit contract diff OLD NEW --allow-remote",
        "DV8004" => "Name what it is, such as: davit contract diff old.json new.json --format json-schema",
        "DV8016" => "Name the directory that holds all files of the contract as the working directory",
        _ => "Correct the place and run the same command again",
    };
}
