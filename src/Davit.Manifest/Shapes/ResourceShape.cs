namespace Davit.Manifest.Shapes;

internal static class ResourceShape
{
    private static readonly Shape Limit = S.Map(("path", S.Text), ("rate", S.IntegerOrText)).Closed();

    private static readonly Shape Weight = S.Map(("path", S.Text), ("weight", S.IntegerOrText)).Closed();

    private static readonly (string Key, Shape Shape)[] DeviceKeys =
    [
        ("capabilities", S.Texts),
        ("count", S.IntegerOrText),
        ("device_ids", S.Texts),
        ("driver", S.Text),
        ("options", S.Pairs),
    ];

    public static Shape BlockIo { get; } = S.Map(
        ("device_read_bps", S.List(Limit)),
        ("device_read_iops", S.List(Limit)),
        ("device_write_bps", S.List(Limit)),
        ("device_write_iops", S.List(Limit)),
        ("weight", S.IntegerOrText),
        ("weight_device", S.List(Weight))).Closed();

    public static Shape Ulimits { get; } = new()
    {
        Map = new MapShape
        {
            Others = S.IntegerOrText.Or(S.Map(["soft", "hard"], ("hard", S.IntegerOrText), ("soft", S.IntegerOrText))),
            OtherKeys = S.LowerForm(), IsOpen = true, TakesExtensions = false,
        },
    };

    public static Shape Gpu { get; } = S.Map(DeviceKeys) with
    {
        Map = S.Map(DeviceKeys).Map! with { IsOpen = true },
    };

    public static Shape Device { get; } = S.Map(["capabilities"], DeviceKeys);
}
