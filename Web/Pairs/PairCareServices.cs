using Dispatch.Communities;

namespace Dispatch.Pairs;

/// <summary>Adds what looking after pairs in their communities needs.</summary>
public static class PairCareServices
{
    /// <summary>Adds it.</summary>
    public static void AddPairCareViews(this IServiceCollection services)
    {
        services.AddSingleton<PairTimeTable>();
        services.AddSingleton<PairHistory>();
        services.AddSingleton<HandoverTable>();
        services.AddSingleton<HandoverDesk>();
        services.AddSingleton<AgreementHistory>();
        services.AddSingleton<ILastContacts, LastContacts>();
        services.AddSingleton<PairKnowing>();
    }
}
