using Dispatch.Packs;

namespace Dispatch.Month;

/// <summary>Who helps: departments, mediators of each tier, grid workers, volunteers, a patrol team, and a service point with its hours.</summary>
public static class PartnerStory
{
    /// <summary>How many departments a whistle calls.</summary>
    public const int Departments = 3;

    /// <summary>Name of the grid worker or whoever is given work on concerns.</summary>
    public const string Worker = "worker";

    /// <summary>Name of the team of volunteers.</summary>
    public const string Team = "team";

    private static readonly string[] Workdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    /// <summary>Name of a department, from 1.</summary>
    public static string Department(int number) => $"department{number}";

    /// <summary>Name of who mediates at a tier.</summary>
    public static string Mediator(DisputeTier tier)
    {
        ArgumentNullException.ThrowIfNull(tier);
        return $"mediator-{tier.Code}";
    }

    /// <summary>Tells it.</summary>
    public static void Tell(MonthBuilder b)
    {
        ArgumentNullException.ThrowIfNull(b);
        b.About("partners");
        var at = b.At(0, 7.5);
        foreach (var (index, kind) in b.Pack.PartnerKinds.Where(x => x.AnswersWhistle).Take(Departments).Index())
        {
            Register(b, at, Department(index + 1), kind.Code, $"{kind.Name}（值班）");
        }

        foreach (var tier in b.Pack.DisputeTiers.Where(x => !x.PartnerKinds.IsEmpty))
        {
            Register(b, at, Mediator(tier), tier.PartnerKinds[0], $"{tier.Name}调解力量");
        }

        var worker = b.Pack.FindTaskKind("concernWork")!.PartnerKinds[0];
        Register(b, at, Worker, worker, $"{b.Pack.FindPartnerKind(worker)!.Name}（第一网格）");
        b.Do(at, b.Leaf, "partners", new { kind = worker, stationId = b.Cast.StationId, details = new { name = "未经批准的登记" } }, refused: "forbidden");
        RegisterTeam(b, at);
        RegisterServicePoint(b, at);
    }

    private static void Register(MonthBuilder b, DateTimeOffset at, string name, string kind, string called) => b.Make(name, at, MonthActor.Supervisor, "partners", new
    {
        kind,
        stationId = b.Cast.StationId,
        details = new
        {
            name = called,
            communityIds = new[] { b.Cast.CommunityId },
            contacts = new[] { new { role = b.Pack.ContactBookRoles[0].Code, office = "值班室" } },
            hours = Hours("08:30:00", "17:30:00"),
        },
    });

    private static void RegisterTeam(MonthBuilder b, DateTimeOffset at)
    {
        var rule = b.Pack.PatrolTeam;
        b.Make(Team, at, MonthActor.Supervisor, "partners", new
        {
            kind = rule?.PartnerKind ?? b.Pack.PartnerKinds.First(x => x.Volunteers).Code,
            stationId = b.Cast.StationId,
            details = new
            {
                name = "平安义警队",
                communityIds = new[] { b.Cast.CommunityId },
                patrol = rule is null ? null : new
                {
                    pairId = b.Cast.PairId,
                    officerIds = new[] { b.Cast.GreenLeaf, b.Cast.RedFlower }.Take(rule.Officers),
                    auxiliaries = Enumerable.Range(1, rule.Auxiliaries).Select(x => $"FJ-{x:00}"),
                },
            },
        });
    }

    private static void RegisterServicePoint(MonthBuilder b, DateTimeOffset at)
    {
        if (b.Pack.HasServicePoints)
        {
            b.Make("servicePoint", at, MonthActor.Supervisor, "partners", new
            {
                kind = b.Pack.ServicePointKinds[0].Code,
                stationId = b.Cast.StationId,
                details = new
                {
                    name = b.Pack.ServicePointKinds[0].Name,
                    communityIds = new[] { b.Cast.CommunityId },
                    hours = Hours("09:00:00", "20:00:00"),
                    place = new { name = "社区党群服务中心一楼", location = b.Cast.Centre },
                },
            });
        }
    }

    private static object Hours(string from, string to) => new
    {
        weekly = Workdays.Select(day => new { day, from, to }),
    };
}
