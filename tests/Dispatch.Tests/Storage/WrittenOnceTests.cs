using System.Text.Json;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Tests.Storage;

/// <summary>Parts of a record that did not change are stored as the bytes they had. Fails where a changed copy is stored as it was before, or anything reads back otherwise.</summary>
public sealed class WrittenOnceTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Serialize_AgainAndChanged_IsAlwaysTheJsonOfTheValueAsItIs()
    {
        var serializer = new DispatchGrainStorageSerializer();
        var offer = new OfferView("o", "p", OfferStatus.Pending, At, At.AddSeconds(30));
        var note = new NoteView(At, "某人", "引号 \" 与\n换行");
        foreach (var offers in new[] { new[] { offer }, [offer, offer with { Status = OfferStatus.Expired }], [offer with { Note = "x" }] })
        {
            var expected = JsonSerializer.Serialize(new { offers, notes = new[] { note } }, DispatchJson.Options);
            Assert.Equal(expected, serializer.Serialize(new { offers, notes = new[] { note } }).ToString());
        }

        Assert.Equal(note, serializer.Deserialize<NoteView>(serializer.Serialize(note)));
    }
}
