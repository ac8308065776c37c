using System.Runtime.InteropServices;

namespace MapiGate;

/// <summary>
/// How many groups have each image name, by the name's hash. A change that adds a name nobody has is done after asking
/// here, however many programs there are. Equal hashes of different names cost a look in vain, and nothing else.
/// </summary>
internal sealed class ImageCensus
{
    private readonly Dictionary<int, int> _groups = [];

    public bool HasAny(int[] images)
    {
        foreach (var image in images)
        {
            if (_groups.ContainsKey(image))
            {
                return true;
            }
        }

        return false;
    }

    public void Add(ClientProgram program)
    {
        foreach (var name in program.ProcessNames)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_groups, Hash(name), out _)++;
        }
    }

    public void Remove(ClientProgram program)
    {
        foreach (var name in program.ProcessNames)
        {
            var image = Hash(name);
            if (--CollectionsMarshal.GetValueRefOrNullRef(_groups, image) == 0)
            {
                _groups.Remove(image);
            }
        }

        SpareRoom.GiveBack(_groups);
    }

    private static int Hash(string name) => ProcessName.Hash(ProcessName.Image(name));
}
