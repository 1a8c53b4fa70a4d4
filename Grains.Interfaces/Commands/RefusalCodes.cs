namespace Dispatch.Commands;

/// <summary>Every stable error code that a grain gives. Clients may rely on them; they are never renamed.</summary>
public static class RefusalCodes
{
#pragma warning disable CS1591 // the names say it; the README lists them with their meaning
    public const string IdempotencyKeyReused = "idempotencyKeyReused";
    public const string StorageUnavailable = "storageUnavailable";
    public const string IncidentNotFound = "incidentNotFound";
    public const string IncidentAlreadyOpen = "incidentAlreadyOpen";
    public const string IncidentNotOpen = "incidentNotOpen";
    public const string IncidentOnHold = "incidentOnHold";
    public const string IncidentNotClosed = "incidentNotClosed";
    public const string IncidentFull = "incidentFull";
    public const string AssignmentsNotCleared = "assignmentsNotCleared";
    public const string OfferNotFound = "offerNotFound";
    public const string OfferNotPending = "offerNotPending";
    public const string OfferExpired = "offerExpired";
    public const string OfferNotYours = "offerNotYours";
    public const string AssignmentNotFound = "assignmentNotFound";
    public const string StatusOutOfOrder = "statusOutOfOrder";
    public const string PairNotFound = "pairNotFound";
    public const string PairNotFree = "pairNotFree";
    public const string PairNotOnDuty = "pairNotOnDuty";
    public const string PairAlreadyOnDuty = "pairAlreadyOnDuty";
    public const string PairUnavailable = "pairUnavailable";
    public const string PairCommitted = "pairCommitted";
    public const string PairAlreadyAssigned = "pairAlreadyAssigned";
    public const string NoPairAvailable = "noPairAvailable";
    public const string OfficerNotInPair = "officerNotInPair";
    public const string OfficerNotFound = "officerNotFound";
    public const string OfficerInAnotherPair = "officerInAnotherPair";
    public const string RolesIncomplete = "rolesIncomplete";
    public const string PairAlreadyExists = "pairAlreadyExists";
    public const string CallSignTaken = "callSignTaken";
    public const string PairNotEmpty = "pairNotEmpty";
    public const string PairOnDuty = "pairOnDuty";
    public const string CommunityNotOfStation = "communityNotOfStation";
    public const string StationNotFound = "stationNotFound";
    public const string CommunityNotFound = "communityNotFound";
    public const string InteractionNotFound = "interactionNotFound";
    public const string Erased = "erased";
    public const string PastTimeRefused = "pastTimeRefused";
    public const string MatterNotFound = "matterNotFound";
    public const string CategoryNotFound = "categoryNotFound";
    public const string DispositionNotFound = "dispositionNotFound";
    public const string DeclineReasonNotFound = "declineReasonNotFound";
    public const string LocationInvalid = "locationInvalid";
    public const string LocationOutsideEveryCommunity = "locationOutsideEveryCommunity";
    public const string ValueOutOfRange = "valueOutOfRange";
    public const string ValueMissing = "valueMissing";
    public const string ValueTooLong = "valueTooLong";
    public const string PairHasWork = "pairHasWork";
    public const string PairQueueFull = "pairQueueFull";
    public const string PairSigningOff = "pairSigningOff";
    public const string PairOnScene = "pairOnScene";
    public const string PriorityNotHigher = "priorityNotHigher";
    public const string SingleOfficer = "singleOfficer";
    public const string LastOfficer = "lastOfficer";
    public const string IncidentScheduled = "incidentScheduled";
    public const string IncidentNotScheduled = "incidentNotScheduled";
    public const string IncidentMerged = "incidentMerged";
    public const string IncidentNotMerged = "incidentNotMerged";
    public const string IncidentSameAsOther = "incidentSameAsOther";
    public const string IncidentAlreadyThere = "incidentAlreadyThere";
    public const string ModelPackNotFound = "modelPackNotFound";
    public const string OrganisationInvalid = "organisationInvalid";
    public const string OrganisationMissing = "organisationMissing";
    public const string ProtectedTextSuspected = "protectedTextSuspected";
    public const string SubjectNotFound = "subjectNotFound";
    public const string SubjectNotHeld = "subjectNotHeld";
#pragma warning restore CS1591
}
