namespace Davit.EndToEnd.Mortal;

/// <summary>Orders are neither given nor taken back while davitd-mortal reads them and carries them out; whoever dies lets go.</summary>
internal static class OrdersLock
{
    public static FileStream Take(string directory)
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(directory, "orders.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Yield();
            }
        }
    }
}
